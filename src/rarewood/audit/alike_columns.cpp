#include "rarewood/audit/alike_columns.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <map>
#include <numeric>
#include <span>
#include <unordered_map>
#include <utility>

#include "rarewood/base/parallel.hpp"
#include "rarewood/pattern/ranks.hpp"

namespace rarewood {
namespace {

/// Each value as the number of the first pattern that has it: equal for columns that cut the rows
/// alike.
std::vector<std::uint32_t> first_places(std::span<const float> column) {
  std::unordered_map<std::uint32_t, std::uint32_t> seen;
  std::vector<std::uint32_t> places;
  places.reserve(column.size());
  for (const float value : column) {
    const std::uint32_t key = std::isnan(value) ? 0x7FC00000U : std::bit_cast<std::uint32_t>(value);
    const auto next = static_cast<std::uint32_t>(places.size());
    places.push_back(seen.try_emplace(key, next).first->second);
  }
  return places;
}

/// How a column tells rows apart: values by their first place, so that their names do not matter;
/// where most values are different any two columns would agree in that, and their order counts.
std::vector<std::uint32_t> way_of(std::span<const float> column) {
  Ranks ranks = rank_values(column);
  if (2 * std::size_t{ranks.distinct} > column.size()) return std::move(ranks.of);
  return first_places(column);
}

/// Columns of unlike hash are unlike; of like hash they are compared.
std::uint64_t hash_of(std::span<const float> column) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const std::uint32_t place : way_of(column)) {
    hash = (hash ^ place) * 0x100000001b3ULL;
    hash ^= hash >> 29;
  }
  return hash;
}

}  // namespace

std::vector<std::size_t> alike_columns(const Patterns& patterns, const Control& control) {
  std::vector<std::size_t> first(patterns.features());
  std::iota(first.begin(), first.end(), std::size_t{0});
  std::vector<std::uint64_t> hashes(first.size());
  parallel_for(control, first.size(),
               [&](std::size_t f) { hashes[f] = hash_of(patterns.column(f)); });
  std::map<std::uint64_t, std::vector<std::size_t>> of_hash;
  for (std::size_t f = 0; f < first.size(); ++f) of_hash[hashes[f]].push_back(f);
  for (const auto& [hash, columns] : of_hash) {
    if (columns.size() < 2) continue;
    const std::vector<std::uint32_t> way = way_of(patterns.column(columns[0]));
    for (std::size_t i = 1; i < columns.size(); ++i) {
      check_stop(control);
      if (way_of(patterns.column(columns[i])) == way) first[columns[i]] = columns[0];
    }
  }
  return first;
}

}  // namespace rarewood

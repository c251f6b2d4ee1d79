#include "rarewood/feature/identifiers.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <vector>

#include <arrow/array.h>
#include <arrow/chunked_array.h>
#include <arrow/type.h>
#include <arrow/type_traits.h>

#include "rarewood/base/text.hpp"
#include "rarewood/feature/number_values.hpp"

namespace rarewood {
namespace {

constexpr std::size_t kLookedAtFirst = 1000;
constexpr std::size_t kFewRows = 100;  // of which nothing can be said by chance

/// The first `most` values that are there.
std::vector<std::int64_t> present_values(const arrow::ChunkedArray& values, std::size_t most) {
  std::vector<std::int64_t> present;
  for (const auto& chunk : values.chunks()) {
    with_number_values(*chunk, [&](const auto* numbers) {
      for (std::int64_t row = 0; row < chunk->length() && present.size() < most; ++row) {
        if (!chunk->IsNull(row)) present.push_back(static_cast<std::int64_t>(numbers[row]));
      }
    });
  }
  return present;
}

std::size_t sort_distinct(std::vector<std::int64_t>& values) {
  if (!std::is_sorted(values.begin(), values.end())) std::sort(values.begin(), values.end());
  return static_cast<std::size_t>(
      std::distance(values.begin(), std::unique(values.begin(), values.end())));
}

/// Most columns repeat a value among their first rows: no need to sort them.
bool repeats_early(const arrow::ChunkedArray& values) {
  std::vector<std::int64_t> first = present_values(values, kLookedAtFirst);
  return sort_distinct(first) < first.size();
}

}  // namespace

bool is_identifier_name(const std::string& name) {
  const std::string small = lower(name);
  for (const char* ending : {"_id", " id", "-id", ".id", "uuid", "guid"}) {
    if (small.ends_with(ending)) return true;
  }
  // What pandas calls the numbers it puts before the rows.
  if (small == "index" || small == "unnamed: 0" || small.starts_with("__index_level_")) return true;
  const bool camel = name.size() > 2 && (name.ends_with("Id") || name.ends_with("ID")) &&
                     std::islower(static_cast<unsigned char>(name[name.size() - 3])) != 0;
  return small == "id" || camel;
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : std::isxdigit(static_cast<unsigned char>(text[i])) == 0) {
      return false;
    }
  }
  return true;
}

bool numbers_rows(const std::string& name, const arrow::ChunkedArray& values) {
  if (!arrow::is_integer(values.type()->id())) return false;
  const bool called_so = is_identifier_name(name);
  if (!called_so && values.length() < static_cast<std::int64_t>(kFewRows)) return false;
  if (repeats_early(values)) return false;
  std::vector<std::int64_t> present =
      present_values(values, static_cast<std::size_t>(values.length()));
  if (present.size() < 2 || sort_distinct(present) < present.size()) return false;
  // n different numbers drawn from 4 n places: chance e^(-n/8), which is 4e-6 for 100 rows.
  const auto span =
      static_cast<std::uint64_t>(present.back()) - static_cast<std::uint64_t>(present.front());
  return called_so || span / 4 < present.size();
}

std::uint64_t count_distinct(const arrow::ChunkedArray& values) {
  std::vector<std::int64_t> present =
      present_values(values, static_cast<std::size_t>(values.length()));
  return sort_distinct(present);
}

}  // namespace rarewood

// Brute force over groups, not rows: on folded tables there are few groups, and on continuous ones
// of some dozen columns a tree would visit nearly everything anyhow. Distances of one query are
// added up feature by feature over contiguous columns, which the compiler turns into vector code.

#include "rarewood/resample/neighbors.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "rarewood/base/parallel.hpp"

namespace rarewood {
namespace {

/// The groups' values, one contiguous column a feature.
struct GroupValues {
  std::vector<std::vector<float>> columns;
  std::vector<bool> ordered;
  float mismatch = 1;  ///< squared distance of unlike categories, or of a value and a missing one
};

double weighted_deviation(const std::vector<float>& values, std::span<const RowGroup> groups) {
  double rows = 0;
  double sum = 0;
  double squares = 0;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    if (std::isnan(values[g])) continue;
    const double value = values[g];
    rows += groups[g].rows;
    sum += groups[g].rows * value;
    squares += groups[g].rows * value * value;
  }
  if (rows == 0) return 0;
  return std::sqrt(std::max(0.0, squares / rows - (sum / rows) * (sum / rows)));
}

GroupValues gather(const Patterns& patterns, std::span<const RowGroup> groups) {
  GroupValues gathered;
  std::vector<double> deviations;
  for (std::size_t f = 0; f < patterns.features(); ++f) {
    std::vector<float> column(groups.size());
    for (std::size_t g = 0; g < groups.size(); ++g) {
      column[g] = patterns.value(groups[g].pattern, f);
    }
    gathered.ordered.push_back(patterns.category_counts[f] == 0);
    if (gathered.ordered.back()) deviations.push_back(weighted_deviation(column, groups));
    gathered.columns.push_back(std::move(column));
  }
  if (!deviations.empty()) {
    const auto middle = deviations.begin() + static_cast<std::ptrdiff_t>(deviations.size() / 2);
    std::nth_element(deviations.begin(), middle, deviations.end());
    if (*middle > 0) gathered.mismatch = static_cast<float>(*middle * *middle);
  }
  return gathered;
}

void add_ordered(const std::vector<float>& column, float at, float mismatch,
                 std::vector<float>& distance) {
  if (std::isnan(at)) {
    for (std::size_t g = 0; g < distance.size(); ++g) {
      distance[g] += std::isnan(column[g]) ? 0 : mismatch;
    }
    return;
  }
  for (std::size_t g = 0; g < distance.size(); ++g) {
    const float difference = column[g] - at;
    const float squared = difference * difference;
    distance[g] += squared == squared ? squared : mismatch;  // NaN: a missing value
  }
}

void add_category(const std::vector<float>& column, float at, float mismatch,
                  std::vector<float>& distance) {
  for (std::size_t g = 0; g < distance.size(); ++g) {
    const bool alike = column[g] == at || (std::isnan(column[g]) && std::isnan(at));
    distance[g] += alike ? 0 : mismatch;
  }
}

void distances_from(const GroupValues& values, std::uint32_t query, std::vector<float>& distance) {
  std::fill(distance.begin(), distance.end(), 0.0F);
  for (std::size_t f = 0; f < values.columns.size(); ++f) {
    const std::vector<float>& column = values.columns[f];
    (values.ordered[f] ? add_ordered : add_category)(column, column[query], values.mismatch,
                                                     distance);
  }
}

/// The nearest groups holding at least k rows, the query's own row not counted.
std::vector<NeighborShare> choose_nearest(std::span<const RowGroup> groups, std::uint32_t query,
                                          std::uint32_t k, const std::vector<float>& distance,
                                          std::vector<std::uint32_t>& order) {
  const auto rows_of = [&](std::uint32_t g) { return groups[g].rows - (g == query ? 1U : 0U); };
  order.resize(distance.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto nearer = [&](std::uint32_t a, std::uint32_t b) {
    return distance[a] != distance[b] ? distance[a] < distance[b] : a < b;
  };
  // The k + 1 nearest groups hold k other rows at least.
  const std::size_t enough = std::min<std::size_t>(order.size(), k + 1);
  std::nth_element(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(enough - 1),
                   order.end(), nearer);
  std::sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(enough), nearer);
  std::vector<NeighborShare> shares;
  double left = k;
  for (std::size_t i = 0; i < enough && left > 0;) {
    const float at = distance[order[i]];
    std::vector<NeighborShare> tied;
    double rows = 0;
    const bool last = distance[order[enough - 1]] == at;  // ties may go on beyond the sorted ones
    const std::size_t end = last ? order.size() : enough;
    for (std::size_t j = i; j < end; ++j) {
      if (distance[order[j]] != at || rows_of(order[j]) == 0) continue;
      tied.push_back({order[j], static_cast<double>(rows_of(order[j]))});
      rows += tied.back().share;
    }
    std::sort(tied.begin(), tied.end(), [](auto& a, auto& b) { return a.group < b.group; });
    const double portion = std::min(1.0, left / std::max(rows, 1.0));
    for (NeighborShare& share : tied) share.share *= portion;
    shares.insert(shares.end(), tied.begin(), tied.end());
    left -= std::min(left, rows);
    while (i < enough && distance[order[i]] == at) ++i;
  }
  return shares;
}

}  // namespace

std::vector<std::vector<NeighborShare>> nearest_neighbors(const Patterns& patterns,
                                                          std::span<const RowGroup> groups,
                                                          std::span<const std::uint32_t> queries,
                                                          std::uint32_t k, const Control& control) {
  check_memory(control, "nearest neighbours",
               groups.size() * (patterns.features() + 2) * sizeof(float));
  const GroupValues values = gather(patterns, groups);
  std::vector<std::vector<NeighborShare>> neighbors(queries.size());
  constexpr std::size_t kBlock = 64;
  parallel_for(control, (queries.size() + kBlock - 1) / kBlock, [&](std::size_t block) {
    std::vector<float> distance(groups.size());
    std::vector<std::uint32_t> order;
    const std::size_t end = std::min(queries.size(), (block + 1) * kBlock);
    for (std::size_t q = block * kBlock; q < end; ++q) {
      distances_from(values, queries[q], distance);
      neighbors[q] = choose_nearest(groups, queries[q], k, distance, order);
    }
  });
  return neighbors;
}

}  // namespace rarewood

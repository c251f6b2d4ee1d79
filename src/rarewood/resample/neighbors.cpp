// Brute force over groups, not rows: on folded tables there are few groups, and on continuous ones
// of some dozen columns a tree would visit nearly everything anyhow. Distances of one query are
// added up feature by feature over contiguous columns, which the compiler turns into vector code.

#include "rarewood/resample/neighbors.hpp"

#include <algorithm>
#include <cmath>

#include "rarewood/base/parallel.hpp"

namespace rarewood {
namespace {

/// The groups' values, one contiguous column a feature.
struct GroupValues {
  std::vector<std::vector<float>> columns;
  std::vector<bool> ordered;
  std::vector<bool> any_missing;
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
    gathered.any_missing.push_back(
        std::any_of(column.begin(), column.end(), [](float v) { return std::isnan(v); }));
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

void add_complete(const std::vector<float>& column, float at, std::vector<float>& distance) {
  for (std::size_t g = 0; g < distance.size(); ++g) {
    const float difference = column[g] - at;
    distance[g] += difference * difference;
  }
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
    if (!values.ordered[f]) {
      add_category(column, column[query], values.mismatch, distance);
    } else if (values.any_missing[f]) {
      add_ordered(column, column[query], values.mismatch, distance);
    } else {
      add_complete(column, column[query], distance);
    }
  }
}

/// The n-th smallest distance; nearly all items are told off by one comparison.
float nth_smallest(const std::vector<float>& distance, std::size_t n, std::vector<float>& nearest) {
  nearest.assign(distance.begin(), distance.begin() + static_cast<std::ptrdiff_t>(n));
  std::make_heap(nearest.begin(), nearest.end());
  for (std::size_t g = n; g < distance.size(); ++g) {
    if (distance[g] >= nearest.front()) continue;
    std::pop_heap(nearest.begin(), nearest.end());
    nearest.back() = distance[g];
    std::push_heap(nearest.begin(), nearest.end());
  }
  return nearest.front();
}

/// Working memory of one block of queries.
struct Search {
  std::vector<float> distance;
  std::vector<float> nearest;
  std::vector<std::uint32_t> order;
};

/// The nearest groups holding at least k rows, the query's own row not counted.
std::vector<NeighborShare> choose_nearest(std::span<const RowGroup> groups, std::uint32_t query,
                                          std::uint32_t k, Search& search) {
  const std::vector<float>& distance = search.distance;
  const auto rows_of = [&](std::uint32_t g) { return groups[g].rows - (g == query ? 1U : 0U); };
  // The k + 1 nearest groups hold k other rows at least; ties with the last of them count too.
  const std::size_t enough = std::min<std::size_t>(distance.size(), k + 1);
  const float limit = nth_smallest(distance, enough, search.nearest);
  search.order.clear();
  for (std::uint32_t g = 0; g < distance.size(); ++g) {
    if (distance[g] <= limit && rows_of(g) > 0) search.order.push_back(g);
  }
  std::sort(search.order.begin(), search.order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return distance[a] != distance[b] ? distance[a] < distance[b] : a < b;
  });
  std::vector<NeighborShare> shares;
  double left = k;
  for (std::size_t i = 0; i < search.order.size() && left > 0;) {
    std::size_t end = i;
    double rows = 0;
    while (end < search.order.size() && distance[search.order[end]] == distance[search.order[i]]) {
      rows += rows_of(search.order[end++]);
    }
    const double portion = std::min(1.0, left / rows);
    for (; i < end; ++i) {
      shares.push_back({search.order[i], portion * rows_of(search.order[i])});
    }
    left -= std::min(left, rows);
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
    Search search;
    search.distance.resize(groups.size());
    const std::size_t end = std::min(queries.size(), (block + 1) * kBlock);
    for (std::size_t q = block * kBlock; q < end; ++q) {
      distances_from(values, queries[q], search.distance);
      neighbors[q] = choose_nearest(groups, queries[q], k, search);
    }
  });
  return neighbors;
}

}  // namespace rarewood

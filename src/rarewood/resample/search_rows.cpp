#include "rarewood/resample/search_rows.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace rarewood {
namespace {

/// Two passes: a difference of large sums would lose the deviation of values far from zero.
double weighted_deviation(std::span<const float> column, std::span<const PatternCount> groups) {
  const auto sum_of = [&](auto term) {
    double sum = 0;
    for (const PatternCount& group : groups) {
      const double value = column[group.pattern];
      if (!std::isnan(value)) sum += static_cast<double>(group.rows()) * term(value);
    }
    return sum;
  };
  const double rows = sum_of([](double) { return 1.0; });
  if (rows == 0) return 0;
  const double mean = sum_of([](double v) { return v; }) / rows;
  return std::sqrt(sum_of([mean](double v) { return (v - mean) * (v - mean); }) / rows);
}

double median(std::vector<double> values) {
  const std::size_t half = values.size() / 2;
  std::sort(values.begin(), values.end());
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

double squared_mismatch(const Patterns& patterns, std::span<const PatternCount> groups) {
  std::vector<double> deviations;
  for (std::size_t f = 0; f < patterns.features(); ++f) {
    if (patterns.category_counts[f] != 0) continue;
    deviations.push_back(weighted_deviation(patterns.column(f), groups));
  }
  const double middle = deviations.empty() ? 0 : median(std::move(deviations));
  return middle > 0 ? middle * middle : 1;
}

double squared_difference(float a, float b) {
  const double difference = static_cast<double>(a) - b;
  return difference * difference;
}

double plain_distance(const float* a, const float* b, std::size_t features) {
  std::array<double, 4> sums{};
  std::size_t f = 0;
  for (; f + 4 <= features; f += 4) {
    for (std::size_t i = 0; i < 4; ++i) sums[i] += squared_difference(a[f + i], b[f + i]);
  }
  for (std::size_t i = 0; f + i < features; ++i) sums[i] += squared_difference(a[f + i], b[f + i]);
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

double mixed_distance(const SearchRows& rows, const float* a, const float* b) {
  double numbers = 0;
  std::size_t unlike = 0;
  for (std::size_t f = 0; f < rows.features; ++f) {
    const bool missing = std::isnan(a[f]) || std::isnan(b[f]);
    if (missing || rows.category[f] != 0) {
      unlike += a[f] == b[f] || (std::isnan(a[f]) && std::isnan(b[f])) ? 0U : 1U;
    } else {
      numbers += squared_difference(a[f], b[f]);
    }
  }
  return numbers + static_cast<double>(unlike) * rows.mismatch;
}

}  // namespace

SearchRows gather_rows(const Patterns& patterns, std::span<const PatternCount> groups) {
  SearchRows rows;
  rows.count = groups.size();
  rows.features = patterns.features();
  rows.values.resize(rows.count * rows.features);
  for (std::size_t f = 0; f < rows.features; ++f) {
    rows.category.push_back(patterns.category_counts[f] != 0 ? 1 : 0);
    rows.plain &= patterns.category_counts[f] == 0;
  }
  // A few rows at a time, so that what is written stays near.
  constexpr std::size_t kBlock = 64;
  for (std::size_t begin = 0; begin < rows.count; begin += kBlock) {
    const std::size_t end = std::min(rows.count, begin + kBlock);
    for (std::size_t f = 0; f < rows.features; ++f) {
      const std::span<const float> column = patterns.column(f);
      for (std::size_t i = begin; i < end; ++i) {
        rows.values[i * rows.features + f] = column[groups[i].pattern];
      }
    }
  }
  rows.plain &= std::none_of(rows.values.begin(), rows.values.end(),
                             [](float value) { return std::isnan(value); });
  if (!rows.plain) rows.mismatch = squared_mismatch(patterns, groups);
  return rows;
}

SearchRows some_rows(const SearchRows& rows, std::span<const std::uint32_t> which) {
  SearchRows some{which.size(), rows.features, {}, rows.category, rows.plain, rows.mismatch};
  some.values.reserve(which.size() * rows.features);
  for (const std::uint32_t i : which) {
    some.values.insert(some.values.end(), rows.row(i), rows.row(i) + rows.features);
  }
  return some;
}

double squared_distance(const SearchRows& rows, const float* a, const float* b) {
  return rows.plain ? plain_distance(a, b, rows.features) : mixed_distance(rows, a, b);
}

}  // namespace rarewood

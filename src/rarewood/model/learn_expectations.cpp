#include "rarewood/model/learn_expectations.hpp"

#include <algorithm>
#include <cmath>

#include "rarewood/base/parallel.hpp"
#include "rarewood/pattern/ranges.hpp"
#include "rarewood/pattern/ranks.hpp"

namespace rarewood {
namespace {

constexpr std::size_t kMostBins = 10;

/// Distinct values in ascending order, and how many rows have each.
struct CountedValues {
  std::vector<float> values;
  std::vector<std::uint64_t> rows;
};

BinnedRows binned(const CountedValues& counted) {
  BinnedRows bins;
  if (counted.values.empty()) return bins;
  bins.lowest = counted.values.front();
  bins.single = counted.values.size() <= kMostBins;
  if (bins.single) {
    bins.upper = counted.values;
    bins.rows = counted.rows;
    return bins;
  }
  std::size_t first = 0;
  for (const std::size_t last : equal_ranges(counted.rows, kMostBins)) {
    bins.upper.push_back(counted.values[last]);
    std::uint64_t rows = 0;
    for (; first <= last; ++first) rows += counted.rows[first];
    bins.rows.push_back(rows);
  }
  return bins;
}

BinnedRows count_numbers(const std::vector<std::uint64_t>& pattern_rows,
                         std::span<const float> column) {
  const Ranks ranks = rank_values(column);
  CountedValues all{std::vector<float>(ranks.distinct), std::vector<std::uint64_t>(ranks.distinct)};
  for (std::size_t p = 0; p < column.size(); ++p) {
    all.values[ranks.of[p]] = column[p];
    all.rows[ranks.of[p]] += pattern_rows[p];
  }
  std::uint64_t missing = 0;
  CountedValues known;
  for (std::size_t i = 0; i < all.values.size(); ++i) {
    if (std::isnan(all.values[i])) {
      missing += all.rows[i];
    } else if (all.rows[i] > 0) {
      known.values.push_back(all.values[i]);
      known.rows.push_back(all.rows[i]);
    }
  }
  BinnedRows bins = binned(known);
  bins.missing = missing;
  return bins;
}

BinnedRows count_categories(const std::vector<std::uint64_t>& pattern_rows,
                            std::span<const float> column, std::size_t categories) {
  BinnedRows bins;
  bins.rows.resize(categories);
  for (std::size_t p = 0; p < column.size(); ++p) {
    auto& to =
        std::isnan(column[p]) ? bins.missing : bins.rows[static_cast<std::size_t>(column[p])];
    to += pattern_rows[p];
  }
  return bins;
}

}  // namespace

Expectations learn_expectations(const CellTable& table, const FeatureSchema& schema,
                                const Control& control) {
  const ClassTotals totals = class_totals(table.cells);
  Expectations expectations{totals.rows(), totals.n1, {}, std::nullopt};
  std::vector<std::uint64_t> pattern_rows(table.patterns->count);
  for (const Cell& cell : table.cells) pattern_rows[cell.pattern] += cell.rows();
  expectations.columns.resize(schema.features.size());
  parallel_for(control, schema.features.size(), [&](std::size_t f) {
    const Feature& feature = schema.features[f];
    const std::span<const float> column = table.patterns->column(f);
    expectations.columns[f] =
        feature.kind == FeatureKind::category
            ? count_categories(pattern_rows, column, feature.categories.size())
            : count_numbers(pattern_rows, column);
  });
  return expectations;
}

BinnedRows bin_probabilities(const ScoreList& list) {
  std::vector<std::uint64_t> rows;
  std::vector<float> probabilities;
  for (const ScoreCount& each : list) {
    rows.push_back(each.n0 + each.n1);
    probabilities.push_back(static_cast<float>(each.score));
  }
  return count_numbers(rows, probabilities);
}

Place place_of(const BinnedRows& expected, float value) {
  const auto bins = static_cast<std::uint32_t>(expected.rows.size());
  if (std::isnan(value)) return {bins};
  if (expected.upper.empty()) {  // a category, or a column that had no value at all
    const auto code = static_cast<std::uint32_t>(value);
    return {code < bins ? code : bins + 1};
  }
  const auto at = std::lower_bound(expected.upper.begin(), expected.upper.end(), value);
  const bool beyond = at == expected.upper.end();
  const bool outside = beyond || value < expected.lowest;
  if (expected.single && (beyond || *at != value)) return {bins + 1, outside};
  return {std::min(static_cast<std::uint32_t>(at - expected.upper.begin()), bins - 1), outside};
}

ObservedRows observe(const BinnedRows& expected, std::span<const float> values,
                     std::uint64_t unseen) {
  const std::size_t bins = expected.rows.size();
  ObservedRows observed{std::vector<std::uint64_t>(bins + 2), 0, 0, 0};
  for (const float value : values) {
    const Place place = place_of(expected, value);
    ++observed.rows[place.bin];
    observed.outside += place.outside ? 1 : 0;
  }
  observed.missing = observed.rows[bins] - unseen;
  observed.unseen = observed.rows[bins + 1] + unseen;
  observed.rows.resize(bins);
  return observed;
}

}  // namespace rarewood

#include "rarewood/evaluate/rate_table.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "rarewood/base/error.hpp"
#include "rarewood/base/parallel.hpp"
#include "rarewood/evaluate/calibration.hpp"
#include "rarewood/evaluate/metrics.hpp"
#include "rarewood/evaluate/threshold.hpp"

namespace rarewood {
namespace {

constexpr std::size_t kMostBins = 64;
constexpr std::size_t kMostSampled = 8192;  ///< patterns that bins of a number are cut from

struct ValueRows {
  float value = 0;
  std::uint64_t rows = 0;
};

/// Distinct values, ascending, of evenly chosen patterns.
std::vector<ValueRows> sampled_values(const FitPart& part, std::size_t feature) {
  const std::span<const float> column = part.patterns().column(feature);
  const std::size_t step = part.counts().size() / kMostSampled + 1;
  std::vector<ValueRows> values;
  for (std::size_t i = 0; i < part.counts().size(); i += step) {
    const PatternCount& count = part.counts()[i];
    const float value = column[count.pattern];
    if (!std::isnan(value)) values.push_back({value, count.rows()});
  }
  std::sort(values.begin(), values.end(),
            [](const ValueRows& a, const ValueRows& b) { return a.value < b.value; });
  std::vector<ValueRows> distinct;
  for (const ValueRows& each : values) {
    if (distinct.empty() || distinct.back().value != each.value)
      distinct.push_back({each.value, 0});
    distinct.back().rows += each.rows;
  }
  return distinct;
}

/// Largest value of each bin but the last: half way to the next value seen.
std::vector<float> cut_points(const std::vector<ValueRows>& values) {
  std::uint64_t all = 0;
  for (const ValueRows& each : values) all += each.rows;
  std::vector<float> upper;
  std::uint64_t before = 0;
  for (std::size_t i = 0; i + 1 < values.size(); ++i) {
    before += values[i].rows;
    const bool full = before * kMostBins >= all * (upper.size() + 1);
    if (values.size() > kMostBins && !full) continue;
    const float middle = values[i].value / 2 + values[i + 1].value / 2;
    upper.push_back(middle < values[i + 1].value ? middle : values[i].value);
  }
  return upper;
}

/// Counts of each bin; a part gives its rows by class.
template <typename Part>
std::vector<ClassTotals> bin_totals(const Part& part, const ColumnBins& bins) {
  std::vector<ClassTotals> totals(bins.bins);
  for (const PatternCount& count : part.counts()) {
    ClassTotals& bin = totals[bins.bin_of_pattern[count.pattern]];
    bin.n0 += count.n0;
    bin.n1 += count.n1;
  }
  return totals;
}

/// Each bin has one more row, at the base rate.
std::vector<float> smoothed_rates(const std::vector<ClassTotals>& bins) {
  const double base_rate = class_totals(bins).base_rate();
  std::vector<float> rates;
  for (const ClassTotals& bin : bins) {
    const double rate =
        (static_cast<double>(bin.n1) + base_rate) / (static_cast<double>(bin.rows()) + 1);
    rates.push_back(static_cast<float>(rate));
  }
  return rates;
}

/// Log loss, summed over all training rows, of the tables that RateTable::fit makes of the other
/// folds.
double out_of_fold_loss(const std::vector<FitAndCheck>& folds, const ColumnBins& bins) {
  double loss = 0;
  for (const FitAndCheck& fold : folds) {
    const std::vector<ClassTotals> own = bin_totals(fold.check, bins);
    const std::vector<float> rates = smoothed_rates(bin_totals(fold.fit, bins));
    ScoreList list;
    for (std::size_t b = 0; b < rates.size(); ++b) {
      list.push_back({static_cast<double>(rates[b]), own[b].n0, own[b].n1});
    }
    loss += compute_metrics(list, 0.5).log_loss * static_cast<double>(fold.check.totals().rows());
  }
  return loss;
}

}  // namespace

ColumnBins make_column_bins(const FitPart& part, std::size_t feature) {
  const Patterns& patterns = part.patterns();
  ColumnBins bins{feature, 0, {}, std::vector<std::uint32_t>(patterns.count)};
  const std::uint32_t categories = patterns.category_counts[feature];
  if (categories == 0) bins.upper = cut_points(sampled_values(part, feature));
  const std::size_t known = categories == 0 ? bins.upper.size() + 1 : categories;
  bins.bins = static_cast<std::uint32_t>(known + 1);

  const std::span<const float> column = patterns.column(feature);
  for (std::size_t p = 0; p < patterns.count; ++p) {
    const float value = column[p];
    std::size_t bin = known;
    if (!std::isnan(value) && categories > 0) {
      bin = std::min(static_cast<std::size_t>(value), known);
    } else if (!std::isnan(value)) {
      const auto at = std::lower_bound(bins.upper.begin(), bins.upper.end(), value);
      bin = static_cast<std::size_t>(at - bins.upper.begin());
    }
    bins.bin_of_pattern[p] = static_cast<std::uint32_t>(bin);
  }
  return bins;
}

RateTable RateTable::fit(const FitPart& part, const ColumnBins& bins) {
  return RateTable(smoothed_rates(bin_totals(part, bins)));
}

TestScores RateTable::score(const TestPart& test, const ColumnBins& bins) const {
  ScoreList list;
  list.reserve(test.counts().size());
  for (const PatternCount& count : test.counts()) {
    const float rate = rates_[bins.bin_of_pattern[count.pattern]];
    list.push_back({static_cast<double>(rate), count.n0, count.n1, count.cost});
  }
  return TestScores(std::move(list));
}

OofScores RateTable::out_of_fold(const std::vector<FitAndCheck>& folds, const ColumnBins& bins) {
  ScoreList list;
  std::vector<std::uint32_t> fold;
  for (std::size_t k = 0; k < folds.size(); ++k) {
    const RateTable table = fit(folds[k].fit, bins);
    for (const PatternCount& count : folds[k].check.counts()) {
      const float rate = table.rates()[bins.bin_of_pattern[count.pattern]];
      list.push_back({static_cast<double>(rate), count.n0, count.n1, count.cost});
      fold.push_back(static_cast<std::uint32_t>(k));
    }
  }
  return {std::move(list), std::move(fold), ScoreScale::probability};
}

SingleColumn best_single_column(const TrainPart& train, const FeatureSchema& schema,
                                const ThresholdRule& rule, const Control& control) {
  if (schema.features.empty()) throw Error(ErrorKind::bug, "There is no column to tabulate.");
  const FitPart all = train.all();
  std::vector<FitAndCheck> folds;
  for (std::uint32_t k = 0; k < train.folds(); ++k) folds.push_back(train.fold(k));

  std::vector<ColumnBins> bins(schema.features.size());
  std::vector<double> loss(bins.size());
  parallel_for(control, bins.size(), [&](std::size_t f) {
    bins[f] = make_column_bins(all, f);
    loss[f] = out_of_fold_loss(folds, bins[f]);
  });
  const auto best =
      static_cast<std::size_t>(std::min_element(loss.begin(), loss.end()) - loss.begin());
  OofScores out_of_fold = RateTable::out_of_fold(folds, bins[best]);
  const Threshold threshold = choose_threshold(out_of_fold, identity_calibrator(), rule).threshold;
  RateTable table = RateTable::fit(all, bins[best]);
  return {schema.features[best].name, std::move(out_of_fold), threshold, std::move(bins[best]),
          std::move(table)};
}

}  // namespace rarewood

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/evaluate/threshold_rule.hpp"
#include "rarewood/feature/schema.hpp"
#include "rarewood/model/model.hpp"
#include "rarewood/pattern/parts.hpp"
#include "rarewood/pattern/scores.hpp"

namespace rarewood {

/// One column's values cut into at most 64 bins of about equal rows; fewer distinct values, and
/// categories, each have their own. Missing has the last one. Classes are not looked at.
struct ColumnBins {
  std::size_t feature = 0;
  std::uint32_t bins = 0;    ///< with that of missing
  std::vector<float> upper;  ///< of a number: largest value of bins 0 .. bins-3, ascending
  std::vector<std::uint32_t> bin_of_pattern;  ///< [patterns]
};

ColumnBins make_column_bins(const FitPart& part, std::size_t feature);

/// The simplest honest rival: the share of positive rows by the value of a single column.
class RateTable {
 public:
  static RateTable fit(const FitPart& part, const ColumnBins& bins);

  /// [bins] shares of positive rows; each bin has one more row, at the base rate.
  const std::vector<float>& rates() const { return rates_; }

  /// In the order of test.counts(). \param bins  those it was fitted with
  TestScores score(const TestPart& test, const ColumnBins& bins) const;

  /// Every training row by a table of the other folds, in OutOfFold's order.
  static OofScores out_of_fold(const std::vector<FitAndCheck>& folds, const ColumnBins& bins);

 private:
  explicit RateTable(std::vector<float> rates) : rates_(std::move(rates)) {}

  std::vector<float> rates_;
};

/// The rate table a model must beat to be worth its trees.
struct SingleColumn {
  std::string column;
  OofScores out_of_fold;
  Threshold threshold;  ///< chosen out of fold
  ColumnBins bins;
  RateTable table;  ///< of all training rows

  TestScores score(const TestPart& test) const { return table.score(test, bins); }
};

/// The column whose rate table has the lowest log loss out of fold.
/// \param rule  of the table's threshold: that of the model it is a rival of
/// \throws Error(bug) without features
SingleColumn best_single_column(const TrainPart& train, const FeatureSchema& schema,
                                const ThresholdRule& rule, const Control& control);

}  // namespace rarewood

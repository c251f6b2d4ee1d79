#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "rarewood/base/control.hpp"
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
  std::vector<std::uint16_t> bin_of_pattern;  ///< [patterns]
};

ColumnBins make_column_bins(const FitPart& part, std::size_t feature);

/// The simplest honest rival: the share of positive rows by the value of a single column.
class RateTable {
 public:
  /// \param bins  must outlive the table
  static RateTable fit(const FitPart& part, const ColumnBins& bins);

  /// [bins] shares of positive rows; each bin has one more row, at the base rate.
  const std::vector<float>& rates() const { return rates_; }

  /// In the order of test.counts().
  TestScores score(const TestPart& test) const;

  /// Every training row by a table of the other folds, in OutOfFold's order.
  static OofScores out_of_fold(const std::vector<FitAndCheck>& folds, const ColumnBins& bins);

 private:
  explicit RateTable(const ColumnBins& bins) : bins_(bins) {}

  const ColumnBins& bins_;
  std::vector<float> rates_;
};

/// The rate table a model must beat to be worth its trees.
struct SingleColumn {
  std::string column;
  OofScores out_of_fold;
  Threshold threshold;  ///< of best F1 out of fold
  TestScores test;
};

/// The column whose rate table has the lowest log loss out of fold.
/// \throws Error(bug) without features
SingleColumn best_single_column(const TrainPart& train, const TestPart& test,
                                const FeatureSchema& schema, const Control& control);

}  // namespace rarewood

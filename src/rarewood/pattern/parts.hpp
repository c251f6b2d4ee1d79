#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "rarewood/pattern/cells.hpp"

namespace rarewood {

// The rule against leaks, as types. A FitPart is what learners and resamplers may see; it cannot be
// split again. A CheckPart is what a fold's model is scored on, a TestPart what the final model is.
// Only the functions named as friends make them, so rows cannot change sides by mistake.

/// Rows of one pattern and weight by class. A part lists them in ascending order, each once: where
/// rows have no weights, each pattern once. Where rows have costs of their own, the parts that are
/// judged on list those of each cost apart, and a pattern more than once.
struct PatternCount {
  std::uint32_t pattern = 0;
  std::uint32_t n0 = 0;
  std::uint32_t n1 = 0;
  float weight = 1;  ///< of each of these rows in learning; 1 in the parts that are judged on
  double cost = 0;   ///< of a wrong decision about each of these rows; 0 in the parts learned from

  std::uint64_t rows() const { return std::uint64_t{n0} + n1; }

  bool operator==(const PatternCount&) const = default;
};

namespace detail_of_parts {

/// The one representation the three kinds share; not usable across kinds.
class CountedPart {
 public:
  const Patterns& patterns() const { return *patterns_; }
  const std::shared_ptr<const Patterns>& shared_patterns() const { return patterns_; }
  const std::vector<PatternCount>& counts() const { return counts_; }
  ClassTotals totals() const { return class_totals(counts_); }
  ClassWeightSums weight_sums() const { return class_weight_sums(counts_); }

 protected:
  CountedPart(std::shared_ptr<const Patterns> patterns, std::vector<PatternCount> counts)
      : patterns_(std::move(patterns)), counts_(std::move(counts)) {}

 private:
  std::shared_ptr<const Patterns> patterns_;
  std::vector<PatternCount> counts_;
};

}  // namespace detail_of_parts

/// Rows to learn from.
class FitPart : public detail_of_parts::CountedPart {
 public:
  /// The same rows with others added or taken away, as resamplers do.
  FitPart resampled(std::shared_ptr<const Patterns> patterns,
                    std::vector<PatternCount> counts) const {
    return {std::move(patterns), std::move(counts)};
  }

 private:
  friend class TrainPart;
  using CountedPart::CountedPart;
};

/// Rows of a training fold that its model has not seen.
class CheckPart : public detail_of_parts::CountedPart {
 private:
  friend class TrainPart;
  using CountedPart::CountedPart;
};

/// Rows no decision was made on; looked at once, at the end.
class TestPart : public detail_of_parts::CountedPart {
 private:
  friend struct Split split_by_fold(const CellTable& table, std::uint32_t folds,
                                    std::vector<PatternCount> test_slice);
  using CountedPart::CountedPart;
};

struct FitAndCheck {
  FitPart fit;
  CheckPart check;
};

/// The rows training may use, cut into folds 0 .. folds()-1.
class TrainPart {
 public:
  std::uint32_t folds() const { return folds_; }
  ClassTotals totals() const { return class_totals(cells_); }
  const Patterns& patterns() const { return *patterns_; }

  FitPart all() const;
  /// \param k  0 .. folds()-1: the fold that is checked; all others are fitted.
  FitAndCheck fold(std::uint32_t k) const;

 private:
  friend struct Split split_by_fold(const CellTable& table, std::uint32_t folds,
                                    std::vector<PatternCount> test_slice);
  friend TrainPart train_on_all(const CellTable& table, std::uint32_t folds);
  TrainPart(std::shared_ptr<const Patterns> patterns, std::vector<Cell> cells, std::uint32_t folds)
      : patterns_(std::move(patterns)), cells_(std::move(cells)), folds_(folds) {}

  std::shared_ptr<const Patterns> patterns_;
  std::vector<Cell> cells_;
  std::uint32_t folds_;
};

struct Split {
  TrainPart train;
  TestPart test;
  TestPart test_slice;  ///< the rows of `test` that are reported apart; may be empty
};

/// Take the cells of kTestFold as test part and the others, folds 0 .. folds-1, as train part.
/// \param test_slice  rows of the test part, by ascending pattern, to be reported apart
/// \throws Error(data) if a part or a fold lacks one of the classes.
Split split_by_fold(const CellTable& table, std::uint32_t folds,
                    std::vector<PatternCount> test_slice = {});

/// Take all cells, folds 0 .. folds-1, as train part: for tables with too few positive rows to hold
/// some back, which are judged out of fold.
/// \throws Error(data) if a fold lacks one of the classes; Error(bug) for a cell of kTestFold.
TrainPart train_on_all(const CellTable& table, std::uint32_t folds);

}  // namespace rarewood

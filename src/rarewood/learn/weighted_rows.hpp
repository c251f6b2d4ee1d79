#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/pattern/parts.hpp"

namespace rarewood {

/// Counted patterns as weighted rows, the form in which libraries take them.
///
/// A learner that only adds up rows makes the same of a row of weight n as of n copies; one that
/// draws rows does not, as all copies share one fate.
struct WeightedRows {
  std::size_t features = 0;
  std::vector<float> values;   ///< [rows][features]; NaN = missing, categories as codes
  std::vector<float> labels;   ///< [rows] 0 to 1
  std::vector<float> weights;  ///< [rows] sums of weights; beyond 2^24 to a float's 7 digits

  std::size_t rows() const { return labels.size(); }
};

/// One row a pattern, whose label is its share of positive rows: the logistic loss of a row of
/// share y and weight w has the same slopes as those of w (1 - y) negative and w y positive rows.
/// \param positive_weight  of a positive row, where a negative one weighs 1
WeightedRows rows_by_pattern(const Patterns& patterns, const std::vector<PatternCount>& counts,
                             double positive_weight);

/// One row for each class that occurs in a pattern, label 0 or 1, as metrics need them.
WeightedRows rows_by_class(const Patterns& patterns, const std::vector<PatternCount>& counts);

/// \param title  of the learner, for the refusal
/// \throws Error(data) if all rows, or all that have a weight, are of one class
void check_both_classes(const FitPart& part, const std::string& title);

/// Threads that pay for a library whose threads meet at barriers several times a level of a tree:
/// one for tables as small as most counted ones, else as many as allowed and as there are cores.
int threads_that_pay(const WeightedRows& rows, const Control& control);

}  // namespace rarewood

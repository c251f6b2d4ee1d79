#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/pattern/parts.hpp"

namespace rarewood {

/// Counted patterns as weighted rows, the form in which libraries take them: each pattern and
/// weight gives one row a class that occurs in it.
///
/// A learner that only adds up rows makes the same of a row of weight n as of n copies; one that
/// draws rows does not, as all copies share one fate.
struct WeightedRows {
  std::size_t features = 0;
  std::vector<float> values;  ///< [rows][features]; NaN = missing, categories as codes
  std::vector<float> labels;  ///< [rows] 0 or 1
  /// [rows] counts times the weight of each row; beyond 2^24 to a float's 7 digits
  std::vector<float> weights;

  std::size_t rows() const { return labels.size(); }
};

WeightedRows weighted_rows(const Patterns& patterns, const std::vector<PatternCount>& counts);

/// \param title  of the learner, for the refusal
/// \throws Error(data) if all rows are of one class
void check_both_classes(const FitPart& part, const std::string& title);

/// Threads that pay for a library whose threads meet at barriers several times a level of a tree:
/// one for tables as small as most counted ones, else as many as allowed.
int threads_that_pay(const WeightedRows& rows, const Control& control);

}  // namespace rarewood

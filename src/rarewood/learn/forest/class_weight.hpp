#pragma once

#include <array>
#include <string>

#include "rarewood/pattern/cells.hpp"

namespace rarewood {

/// How the classes weigh: scikit-learn's `class_weight`.
struct ClassWeight {
  enum class Kind { none, balanced, balanced_subsample, by_class };

  Kind kind = Kind::none;
  std::array<double, 2> by_class = {1, 1};  ///< of negatives and positives, for Kind::by_class
};

/// \param text  none, balanced, balanced_subsample, or weights such as 0:1,1:5, where 0 names the
///              negative and 1 the positive class; one that is not named weighs 1
/// \throws Error(usage)
ClassWeight parse_class_weight(const std::string& text);

/// "balanced": rows / (2 * rows of the class). Both 1 where a class is absent.
std::array<double, 2> balanced_weights(const ClassTotals& totals);

/// The weights of a whole part; balanced_subsample counts as balanced.
std::array<double, 2> class_weights(const ClassWeight& weight, const ClassTotals& totals);

}  // namespace rarewood

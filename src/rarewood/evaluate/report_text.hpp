#pragma once

#include <array>
#include <string>

#include "rarewood/evaluate/metrics.hpp"

namespace rarewood {

/// scikit-learn's classification_report, byte for byte, two decimals.
/// \param labels  of the negative and the positive class, UTF-8; they widen the first column
/// \return lines that each end in a newline
std::string classification_report(const Confusion& confusion,
                                  const std::array<std::string, 2>& labels);

}  // namespace rarewood

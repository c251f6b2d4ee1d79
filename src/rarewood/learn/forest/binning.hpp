#pragma once

#include <cstdint>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/pattern/parts.hpp"

namespace rarewood {

/// One feature cut into bins. Bins of an ordered feature ascend; bin b of a category is code b.
struct FeatureBins {
  bool ordered = true;
  std::uint16_t bins = 0;      ///< without the bin of missing values, which has the number `bins`
  std::vector<float> lowest;   ///< [bins] smallest value in the bin; ordered features only
  std::vector<float> highest;  ///< [bins] largest value in the bin
};

/// Patterns as bin numbers, for one learner. Feature by feature, as splits are searched: the codes
/// of one feature of a folded table fit the first cache.
struct BinnedPatterns {
  std::vector<FeatureBins> features;
  std::size_t patterns = 0;
  std::vector<std::uint16_t> codes;  ///< column-major, [features][patterns]

  const std::uint16_t* column(std::uint32_t feature) const {
    return codes.data() + feature * patterns;
  }
};

/// Cut each feature into at most `max_bins` bins: one a value where there are few values, else of
/// about equally many patterns. Categories keep one bin a code. Only the part's own patterns are
/// looked at; the others, of rows held back, have no code.
/// \throws Error(data) if a category has more than 65,534 levels
BinnedPatterns bin_patterns(const FitPart& part, std::size_t max_bins, const Control& control);

}  // namespace rarewood

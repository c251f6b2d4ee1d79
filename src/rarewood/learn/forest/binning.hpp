#pragma once

#include <cstdint>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/learn/forest/code_rows.hpp"
#include "rarewood/pattern/parts.hpp"

namespace rarewood {

/// Values of a feature dealt into bins that ascend; the bin of missing values has the number
/// `count`. Bin b of a category is code b.
struct Bins {
  std::uint16_t count = 0;
  std::vector<float> lowest;   ///< [count] smallest value in the bin; ordered features only
  std::vector<float> highest;  ///< [count] largest value in the bin
};

/// At which resolution a feature is looked at.
enum class Grain { coarse, fine };

struct FeatureBins {
  bool ordered = true;
  /// More values than a byte tells apart: coarse codes are for large nodes, small ones look at
  /// the fine codes. Otherwise there are coarse codes only, and they are exact.
  bool wide = false;
  std::uint32_t fine_column = 0;  ///< place among the wide features
  Bins coarse;                    ///< empty for a wide category
  Bins fine;                      ///< empty unless wide

  Grain finest() const { return wide ? Grain::fine : Grain::coarse; }
  const Bins& at(Grain grain) const { return grain == Grain::fine ? fine : coarse; }
};

/// Patterns as bin numbers, for one learner. A pattern's codes lie together: a node looks at
/// several features of the same few patterns, which then stay in the first cache down the tree.
struct BinnedPatterns {
  std::vector<FeatureBins> features;
  CodeRows<std::uint8_t> coarse;  ///< of all features
  CodeRows<std::uint16_t> fine;   ///< of the wide ones
};

inline constexpr std::size_t kMostCoarseBins = 255;
inline constexpr std::size_t kMostFineBins = 65534;

/// Cut each feature into bins, one a value where there are few enough values, else of about equally
/// many patterns. Only the part's own patterns are looked at; the others, of rows held back, have
/// no code.
/// \throws Error(data) if a category has more than 65,534 levels
BinnedPatterns bin_patterns(const FitPart& part, const Control& control);

/// The same with fewer coarse bins, for tests.
BinnedPatterns bin_patterns(const FitPart& part, std::size_t coarse_bins, const Control& control);

}  // namespace rarewood

#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "rarewood/base/random.hpp"
#include "rarewood/session/sample_options.hpp"

namespace rarewood {

/// Whole seconds between one page and the next, the same for those who buy and those who do not.
class GapLaw {
 public:
  explicit GapLaw(GapKind kind);

  /// \param step  0 for the way from the landing page to the next, ... 5 to the thank-you page
  std::uint16_t draw(std::size_t step, Random& random) const;

  /// P(gap > seconds)
  double survival(std::size_t step, std::int64_t seconds) const;

 private:
  /// [step][s]: P(gap <= s), up to the longest gap
  std::array<std::vector<double>, 6> below_;
};

}  // namespace rarewood

#pragma once

#include "rarewood/report/promotion.hpp"

namespace rarewood {

/// Fill outcome and reason from the figures: calibration first, then both differences.
///
/// \param promotion  judged, or without rows to be judged on
/// \param unjudged   why nothing could be judged, a sentence; "" where something was
void decide_promotion(Promotion& promotion, const std::string& unjudged);

/// Do not promote, whatever the figures say: the challenger has a proved leak, and the champion has
/// none or is not there.
void keep_for_leak(Promotion& promotion);

}  // namespace rarewood

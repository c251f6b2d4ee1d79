#pragma once

#include <cstdint>

#include "rarewood/session/gap_law.hpp"
#include "rarewood/session/shop_law.hpp"
#include "rarewood/session/shop_visits.hpp"

namespace rarewood {

/// P(this visit orders), given its month, channel, device, return and hour, before its first page.
double order_probability(const ShopLaw& law, const Visit& visit);

/// P(it orders later), given also its pages and their times up to `seconds` after its start; NaN if
/// it has ordered by then.
///
/// Everything the raw tables show by then is used, so no model can know better on average.
double order_probability_at(const ShopLaw& law, const GapLaw& gaps, const Visit& visit,
                            std::int64_t seconds);

}  // namespace rarewood

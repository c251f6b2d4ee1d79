#pragma once

#include <array>

#include "rarewood/session/margins.hpp"
#include "rarewood/session/shop_facts.hpp"

namespace rarewood {

/// Whole sessions that meet every published sum at once; rows are months.
struct ChannelTable {
  Grid sessions{shop_months, shop_depths};      ///< by final depth
  Grid mobile{shop_months, shop_depths};        ///< those on mobile
  std::array<Grid, shop_depths> channels = {};  ///< [depth - 1]: by channel
};

/// Sums met: sessions and orders by month and device and by month and source, page views by month,
/// the mobile funnel, bounces by source, sessions and orders by channel.
ChannelTable channel_table();

}  // namespace rarewood

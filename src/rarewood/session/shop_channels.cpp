#include "rarewood/session/shop_channels.hpp"

#include <algorithm>
#include <numeric>

namespace rarewood {
namespace {

constexpr std::size_t M = shop_months;

/// Counts by month and channel of one kind of session (all, ordering, bouncing).
using ByChannel = Grid;

double ordered(const MonthFacts& month) { return month.device_orders[0] + month.device_orders[1]; }

/// Sessions by month and final depth: differences of the views of one page and the next.
Grid sessions_by_depth() {
  Grid grid(M, shop_depths);
  for (std::size_t m = 0; m < M; ++m) {
    const MonthFacts& month = month_facts()[m];
    const auto sum = [](const auto& tally) {
      return static_cast<double>(std::accumulate(tally.begin(), tally.end(), 0U));
    };
    const std::array<double, shop_depths + 1> reached{sum(month.landings),
                                                      static_cast<double>(month.products),
                                                      sum(month.product_views),
                                                      static_cast<double>(month.cart),
                                                      static_cast<double>(month.shipping),
                                                      sum(month.billing),
                                                      ordered(month),
                                                      0};
    for (std::size_t d = 0; d < shop_depths; ++d) grid.at(m, d) = reached[d] - reached[d + 1];
  }
  return grid;
}

/// Mobile sessions by month and depth.
Grid mobile_by_depth(const Grid& sessions) {
  Grid seed(M, 6);
  std::vector<double> months, limit;
  for (std::size_t m = 0; m < M; ++m) {
    const MonthFacts& month = month_facts()[m];
    months.push_back(month.device_sessions[1] - month.device_orders[1]);
    for (std::size_t d = 0; d < 6; ++d) {
      seed.at(m, d) = sessions.at(m, d);
      limit.push_back(sessions.at(m, d));
    }
  }
  const Grid fitted = fit_to_margins(seed, months, mobile_depths, limit);
  Grid mobile(M, shop_depths);
  for (std::size_t m = 0; m < M; ++m) {
    for (std::size_t d = 0; d < 6; ++d) mobile.at(m, d) = fitted.at(m, d);
    mobile.at(m, 6) = month_facts()[m].device_orders[1];
  }
  return mobile;
}

/// Brand campaigns land at home, as direct visitors do: what /home has beyond the latter is theirs,
/// once landers had taken over the other campaigns in August 2012.
std::vector<double> brand_sessions() {
  std::vector<double> brand{20, 60, 110, 165, 230};
  for (std::size_t m = brand.size(); m < M; ++m) {
    brand.push_back(month_facts()[m].landings[0] - month_facts()[m].source_sessions[0]);
  }
  return brand;
}

/// What numbers by month and channel have to be like, beside their sums by month.
struct Wish {
  const Grid& seed;
  const Grid& limit;
  std::uint32_t ChannelFacts::* total;  ///< published, over all months
};

/// Fill the columns `channels` of `all` with whole numbers of these sums by month.
void split_source(Grid& all, const std::vector<std::size_t>& channels,
                  const std::vector<double>& months, const Wish& wish) {
  Grid part(M, channels.size());
  std::vector<double> most, totals;
  for (const std::size_t ch : channels) totals.push_back(channel_facts()[ch].*wish.total);
  for (std::size_t m = 0; m < M; ++m) {
    for (std::size_t i = 0; i < channels.size(); ++i) {
      part.at(m, i) = wish.seed.at(m, channels[i]);
      most.push_back(wish.limit.at(m, channels[i]));
    }
  }
  const Grid fitted = fit_to_margins(part, months, totals, most);
  for (std::size_t m = 0; m < M; ++m) {
    for (std::size_t i = 0; i < channels.size(); ++i) all.at(m, channels[i]) = fitted.at(m, i);
  }
}

bool in_pilot(std::size_t m) { return month_facts()[m].year == 2014 && month_facts()[m].month < 4; }

ByChannel channel_sessions() {
  const auto& channels = channel_facts();
  const std::vector<double> brand = brand_sessions();
  ByChannel all(M, shop_channels), seed(M, shop_channels), limit(M, shop_channels);
  std::vector<double> direct;
  for (std::size_t m = 0; m < M; ++m) {
    const MonthFacts& month = month_facts()[m];
    direct.push_back(month.source_sessions[0]);
    for (std::size_t ch = 0; ch < shop_channels; ++ch) {
      limit.at(m, ch) = month.source_sessions[channels[ch].source];
      seed.at(m, ch) = limit.at(m, ch) * channels[ch].sessions;
    }
    all.at(m, in_pilot(m) ? social_pilot : social_targeted) = month.source_sessions[3];
  }
  const Wish wish{seed, limit, &ChannelFacts::sessions};
  split_source(all, {0, 1, 2}, direct, wish);
  split_source(all, {bsearch_brand, gsearch_brand}, brand, wish);
  for (std::size_t m = 0; m < M; ++m) {
    all.at(m, bsearch_nonbrand) = limit.at(m, bsearch_brand) - all.at(m, bsearch_brand);
    all.at(m, gsearch_nonbrand) = limit.at(m, gsearch_brand) - all.at(m, gsearch_brand);
  }
  return all;
}

/// Orders by month and channel: by month and source as published, by channel as published.
ByChannel channel_orders(const ByChannel& sessions) {
  const auto& channels = channel_facts();
  ByChannel all(M, shop_channels), seed(M, shop_channels);
  std::array<std::vector<double>, shop_sources> months;
  for (std::size_t m = 0; m < M; ++m) {
    for (std::size_t s = 0; s < shop_sources; ++s) {
      months[s].push_back(month_facts()[m].source_orders[s]);
    }
    for (std::size_t ch = 0; ch < shop_channels; ++ch) {
      seed.at(m, ch) = sessions.at(m, ch) * channels[ch].orders / channels[ch].sessions;
    }
  }
  for (std::size_t s = 0; s < shop_sources; ++s) {
    std::vector<std::size_t> of_source;
    for (std::size_t ch = 0; ch < shop_channels; ++ch) {
      if (channels[ch].source == s) of_source.push_back(ch);
    }
    split_source(all, of_source, months[s], {seed, sessions, &ChannelFacts::orders});
  }
  return all;
}

/// Most sessions that may be of this channel in a group: social campaigns know their device.
double channel_limit(std::size_t ch, double most, double group, double mobile) {
  if (!is_social(ch)) return most;
  return std::min(most, ch == social_pilot ? mobile : group - mobile);
}

/// Sessions of one page by month and channel: by month and by source as published.
ByChannel channel_bounces(const ByChannel& sessions, const ByChannel& orders, const Grid& depth,
                          const Grid& mobile) {
  ByChannel seed(M, shop_channels);
  std::vector<double> months, limit, totals(shop_channels);
  for (std::size_t m = 0; m < M; ++m) {
    months.push_back(depth.at(m, 0));
    for (std::size_t ch = 0; ch < shop_channels; ++ch) {
      const double others = sessions.at(m, ch) - orders.at(m, ch);
      seed.at(m, ch) = others;
      limit.push_back(channel_limit(ch, others, depth.at(m, 0), mobile.at(m, 0)));
    }
  }
  const std::vector<double> others = seed.column_sums();
  for (std::size_t s = 0; s < shop_sources; ++s) {
    std::vector<double> weights(shop_channels, 0);
    for (std::size_t ch = 0; ch < shop_channels; ++ch) {
      if (channel_facts()[ch].source == s) weights[ch] = others[ch];
    }
    const auto shares = largest_remainder(static_cast<std::uint64_t>(source_bounces[s]), weights);
    for (std::size_t ch = 0; ch < shop_channels; ++ch) {
      totals[ch] += static_cast<double>(shares[ch]);
    }
  }
  return fit_to_margins(seed, months, totals, limit);
}

/// Channels of depth 2 to 6 in one month: what orders and bounces leave.
Grid middle_channels(const Grid& depth, const Grid& mobile, const std::vector<double>& channels,
                     std::size_t m) {
  Grid seed(shop_channels, 5);
  std::vector<double> depths, limit;
  for (std::size_t d = 1; d < 6; ++d) depths.push_back(depth.at(m, d));
  for (std::size_t ch = 0; ch < shop_channels; ++ch) {
    for (std::size_t d = 1; d < 6; ++d) {
      seed.at(ch, d - 1) = channels[ch] * depth.at(m, d);
      limit.push_back(channel_limit(ch, channels[ch], depth.at(m, d), mobile.at(m, d)));
    }
  }
  return fit_to_margins(seed, channels, depths, limit);
}

void fill_month(ChannelTable& table, std::size_t m, const Grid& middle, const ByChannel& orders,
                const ByChannel& bounces) {
  for (std::size_t ch = 0; ch < shop_channels; ++ch) {
    table.channels.front().at(m, ch) = bounces.at(m, ch);
    table.channels.back().at(m, ch) = orders.at(m, ch);
    for (std::size_t d = 1; d < 6; ++d) table.channels[d].at(m, ch) = middle.at(ch, d - 1);
  }
}

}  // namespace

ChannelTable channel_table() {
  ChannelTable table;
  table.sessions = sessions_by_depth();
  table.mobile = mobile_by_depth(table.sessions);
  table.channels.fill(Grid(M, shop_channels));
  const ByChannel sessions = channel_sessions();
  const ByChannel orders = channel_orders(sessions);
  const ByChannel bounces = channel_bounces(sessions, orders, table.sessions, table.mobile);
  for (std::size_t m = 0; m < M; ++m) {
    std::vector<double> rest;
    for (std::size_t ch = 0; ch < shop_channels; ++ch) {
      rest.push_back(sessions.at(m, ch) - orders.at(m, ch) - bounces.at(m, ch));
    }
    fill_month(table, m, middle_channels(table.sessions, table.mobile, rest, m), orders, bounces);
  }
  return table;
}

}  // namespace rarewood

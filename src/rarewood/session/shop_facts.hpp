#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

// What is published of the shop that the simulation imitates, "Maven Fuzzy Factory": counts by
// month from March 2012 to March 2015. The counts of orders are net of the one order too many that
// each row of the published conversion tables has; they agree with the views of the thank-you page.

namespace rarewood {

inline constexpr std::size_t shop_months = 37;
inline constexpr std::size_t shop_depths = 7;    ///< pages: landing to thank-you
inline constexpr std::size_t shop_sources = 4;   ///< none, bsearch, gsearch, socialbook
inline constexpr std::size_t shop_channels = 9;  ///< source, campaign and referer together
inline constexpr std::size_t shop_landings = 6;  ///< /home, /lander-1 to /lander-5
inline constexpr std::size_t shop_products = 4;
inline constexpr std::uint64_t shop_sessions = 472'871;

template <std::size_t N>
using Tally = std::array<std::uint32_t, N>;

struct MonthFacts {
  int year;
  unsigned month;
  Tally<2> device_sessions, device_orders;  ///< desktop, mobile
  Tally<shop_sources> source_sessions, source_orders;
  Tally<shop_landings> landings;
  std::uint32_t products;  ///< views of /products
  Tally<shop_products> product_views;
  std::uint32_t cart, shipping;
  Tally<2> billing;  ///< /billing, /billing-2
};

/// Totals of one channel over all months.
struct ChannelFacts {
  std::size_t source;
  const char* utm_source;  ///< null: missing, as are the next three
  const char* utm_campaign;
  const char* utm_content;
  const char* http_referer;
  bool lands_at_home;  ///< on /home, where returning users come from too; others see landers
  std::uint32_t sessions, orders;
};

inline constexpr std::size_t bsearch_nonbrand = 3, bsearch_brand = 4, gsearch_nonbrand = 5,
                             gsearch_brand = 6, social_pilot = 7, social_targeted = 8;

/// Device of a social campaign: 0 desktop, 1 mobile.
inline std::size_t social_device(std::size_t channel) { return channel == social_pilot ? 1 : 0; }
inline bool is_social(std::size_t channel) { return channel >= social_pilot; }

/// Sessions of final depth 1 by source; of mobile ones by final depth 1 to 6. The first three of
/// the latter are not published: they are the ones of that sum with the published page views on
/// mobile.
inline constexpr std::array<double, shop_sources> source_bounces{33246, 29826, 140273, 8295};
inline constexpr std::array<double, 6> mobile_depths{79877, 16028, 30141, 8006, 3456, 3828};

/// Sessions that saw a product and put it into the cart (43.0, 55.6, 46.3 and 65.1 % of its views),
/// and those that ordered it.
inline constexpr std::array<double, shop_products> product_carts{69958, 14476, 8820, 1699};
inline constexpr std::array<double, shop_products> product_orders{23861, 4803, 3068, 581};
inline constexpr std::array<double, shop_products> product_price{49.99, 59.99, 45.99, 29.99};
inline constexpr std::array<double, shop_products> product_cost{19.49, 22.49, 14.49, 9.49};

/// Sessions of users who had been there before, and their orders: 7.83 % (6.64 % of the others).
inline constexpr std::uint64_t repeat_sessions = 78'553;
inline constexpr std::uint64_t repeat_orders = 6'148;

/// Parts of a thousand sessions by hour, smoothed from the shop's first weeks.
inline constexpr std::array<double, 24> hour_share{24, 19, 17, 15, 15, 17, 21, 28, 41, 57, 66, 66,
                                                   64, 63, 63, 66, 64, 56, 48, 43, 40, 39, 36, 31};
inline constexpr std::size_t best_hour = 14;
inline constexpr double best_hour_conversion = 0.0726;

/// Sessions per day of the week, Monday first, relative to each other, from the first weeks.
inline constexpr std::array<double, 7> weekday_share{160, 160, 165, 160, 150, 78, 76};

/// Shortest and longest seconds from page k to page k + 1.
inline constexpr std::array<std::array<std::uint32_t, 2>, 6> gap_seconds{
    {{21, 348}, {15, 282}, {24, 246}, {24, 234}, {18, 192}, {48, 498}}};

const std::array<MonthFacts, shop_months>& month_facts();
const std::array<ChannelFacts, shop_channels>& channel_facts();

}  // namespace rarewood

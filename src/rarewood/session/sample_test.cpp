#include "rarewood/session/sample.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "rarewood/session/shop_for_test.hpp"

namespace rarewood {
namespace {

/// The shop of the contract, simulated once for all tests that need all of it.
class FullShop : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    shop = new Shop(shop_of({}));
    full = new Journeys(journeys_of(*shop));
  }
  static void TearDownTestSuite() {
    delete full;
    delete shop;
  }

  static std::size_t depth(std::size_t s) { return full->times(s).size(); }
  static bool ordered(std::size_t s) { return full->order_time[s] != no_time; }
  static bool saw(std::size_t s, const std::string& url) {
    const auto urls = full->page_urls(s);
    return std::any_of(urls.begin(), urls.end(),
                       [&](std::uint32_t code) { return full->urls[code] == url; });
  }

  /// Sessions and orders of each group.
  template <typename Group>
  static std::map<std::string, std::array<std::int64_t, 2>> orders_by(Group group) {
    std::map<std::string, std::array<std::int64_t, 2>> counts;
    for (std::size_t s = 0; s < full->sessions(); ++s) {
      auto& [sessions, orders] = counts[group(s)];
      ++sessions;
      orders += ordered(s);
    }
    return counts;
  }

  static inline Shop* shop = nullptr;
  static inline Journeys* full = nullptr;
};

TEST_F(FullShop, HasThePublishedFunnelAndYears) {
  EXPECT_EQ(full->dirt, DirtCounts{});
  EXPECT_TRUE(full->simulated);
  std::array<std::int64_t, 8> depths{};
  for (std::size_t s = 0; s < full->sessions(); ++s) {
    ++depths.at(depth(s));
    ASSERT_EQ(depth(s) == 7, ordered(s));
  }
  EXPECT_EQ(depths,
            (std::array<std::int64_t, 8>{0, 211640, 51017, 115261, 30469, 12426, 19745, 32313}));
  const auto years =
      orders_by([&](std::size_t s) { return stamp_text(full->started_at[s]).substr(0, 4); });
  EXPECT_EQ(years.at("2012")[0], 62470);
  EXPECT_EQ(years.at("2013")[0], 112781);
  EXPECT_EQ(years.at("2014")[0], 233422);
  EXPECT_EQ(years.at("2015")[0], 64198);
  const auto early = years.at("2012")[1] + years.at("2013")[1] + years.at("2014")[1];
  EXPECT_NEAR(100.0 * static_cast<double>(early) / (62470 + 112781 + 233422), 6.58, 0.005);
  EXPECT_NEAR(100.0 * static_cast<double>(years.at("2015")[1]) / 64198, 8.45, 0.1);
}

TEST_F(FullShop, HasThePublishedPages) {
  const Counts pages = count(texts(*shop->pageviews, "pageview_url"));
  EXPECT_EQ(pages, (Counts{{"/home", 137576},
                           {"/lander-1", 47574},
                           {"/lander-2", 131170},
                           {"/lander-3", 79000},
                           {"/lander-4", 9385},
                           {"/lander-5", 68166},
                           {"/products", 261231},
                           {"/the-original-mr-fuzzy", 162525},
                           {"/the-forever-love-bear", 26033},
                           {"/the-birthday-sugar-panda", 19046},
                           {"/the-hudson-river-mini-bear", 2610},
                           {"/cart", 94953},
                           {"/shipping", 64484},
                           {"/billing", 3617},
                           {"/billing-2", 48441},
                           {"/thank-you-for-your-order", 32313}}));
}

TEST_F(FullShop, ProductsGoOnToTheCartAsPublished) {
  const std::map<std::string, double> rates{{"/the-original-mr-fuzzy", 43.0},
                                            {"/the-forever-love-bear", 55.6},
                                            {"/the-birthday-sugar-panda", 46.3},
                                            {"/the-hudson-river-mini-bear", 65.1}};
  for (const auto& [url, rate] : rates) {
    double views = 0, carts = 0;
    for (std::size_t s = 0; s < full->sessions(); ++s) {
      if (!saw(s, url)) continue;
      ++views;
      carts += depth(s) >= 4;
    }
    EXPECT_NEAR(100 * carts / views, rate, 0.05) << url;
  }
}

TEST_F(FullShop, HasThePublishedDevicesSourcesAndUsers) {
  std::map<std::string, std::array<std::int64_t, 5>>
      funnel;  // all, cart, shipping, billing, orders
  for (std::size_t s = 0; s < full->sessions(); ++s) {
    auto& counts = funnel[full->devices[full->device[s]]];
    ++counts[0];
    for (std::size_t step = 4; step <= 7; ++step) counts[step - 3] += depth(s) >= step;
  }
  EXPECT_EQ(funnel["mobile"], (std::array<std::int64_t, 5>{145844, 19798, 11792, 8336, 4508}));
  EXPECT_EQ(funnel["desktop"], (std::array<std::int64_t, 5>{327027, 75155, 52692, 43722, 27805}));

  const auto contents = texts(*shop->sessions, "utm_content");
  const auto referers = texts(*shop->sessions, "http_referer");
  const auto channels = orders_by([&](std::size_t s) { return contents[s] + " " + referers[s]; });
  using Pair = std::array<std::int64_t, 2>;
  EXPECT_EQ(channels.at("g_ad_1 https://www.gsearch.com"), (Pair{282706, 18822}));
  EXPECT_EQ(channels.at("b_ad_2 https://www.bsearch.com"), (Pair{7914, 701}));
  EXPECT_EQ(channels.at("(none) (none)"), (Pair{39917, 2856}));
  EXPECT_EQ(channels.at("(none) https://www.bsearch.com"), (Pair{8209, 743}));
  EXPECT_EQ(channels.at("social_ad_1 https://www.socialbook.com"), (Pair{5095, 55}));

  const auto returned =
      orders_by([&](std::size_t s) { return std::to_string(full->stated_repeat[s]); });
  const auto percent = [](const Pair& pair) {
    return 100.0 * static_cast<double>(pair[1]) / static_cast<double>(pair[0]);
  };
  EXPECT_NEAR(percent(returned.at("0")), 6.64, 0.005);
  EXPECT_NEAR(percent(returned.at("1")), 7.83, 0.005);
  const auto hours =
      orders_by([&](std::size_t s) { return stamp_text(full->started_at[s]).substr(11, 2); });
  for (const auto& [hour, pair] : hours) {
    EXPECT_EQ(percent(pair) > 7.255, hour == "14") << hour;
    EXPECT_LT(percent(pair), 7.265) << hour;
  }
}

TEST_F(FullShop, FollowsTheMonths) {
  std::map<std::string, Counts> first_month;
  for (std::size_t s = 0; s < full->sessions(); ++s) {
    const std::string month = stamp_text(full->started_at[s]).substr(0, 7);
    for (const std::uint32_t url : full->page_urls(s)) ++first_month[full->urls[url]][month];
  }
  EXPECT_EQ(first_month["/lander-1"].begin()->first, "2012-06");
  EXPECT_EQ(first_month["/lander-1"]["2012-06"], 736);
  EXPECT_EQ(first_month["/lander-5"].begin()->first, "2014-08");
  EXPECT_EQ(first_month["/the-hudson-river-mini-bear"].begin()->first, "2014-12");
  EXPECT_EQ(first_month["/thank-you-for-your-order"]["2014-12"], 2314);
  EXPECT_EQ(first_month["/billing-2"]["2012-09"], 202);
}

TEST_F(FullShop, DepthTellsByTheMinuteWhatThePublishedFunnelImplies) {
  EXPECT_NEAR(depth_auc(rows_at(*full, "5min")), 0.73, 0.02);
  EXPECT_NEAR(depth_auc(rows_at(*full, "8min")), 0.86, 0.02);
  EXPECT_NEAR(depth_auc(rows_at(*full, "12min")), 0.95, 0.02);
  const AsOfRows ten = rows_at(*full, "10min");
  EXPECT_NEAR(depth_auc(ten), 0.92, 0.02);
  EXPECT_NEAR(static_cast<double>(ten.population.at(Standing::already_ordered)), 1050, 100);
}

TEST_F(FullShop, TheAssignedTableHasTheContractsTotals) {
  Control control;
  control.threads = 2;
  const FeatureTables end = features_as_of(*full, check_session_options({.as_of = "end"}), control);
  EXPECT_EQ(end.table->num_rows(), 472871);
  EXPECT_EQ(end.table->num_columns(), 14);
  EXPECT_EQ(end.population.positives, 32313U);
  EXPECT_EQ(end.table->schema()->metadata()->Get("rarewood.simulated").ValueOr(""), "true");
  const auto depth = whole(*end.table, "engagement_depth");
  double sum = 0, squares = 0;
  for (const std::int64_t d : depth) {
    sum += static_cast<double>(d);
    squares += static_cast<double>(d * d);
  }
  const double mean = sum / 472871;
  EXPECT_NEAR(mean, 2.5126, 5e-5);
  EXPECT_NEAR(std::sqrt(squares / 472871 - mean * mean), 1.8164, 5e-5);
}

TEST(Sample, IsTheSameForAnyThreadsAndAnotherForAnotherSeed) {
  const SampleOptions options{.sessions = 5000,
                              .seed = 7,
                              .reload_rate = 0.1,
                              .bot_rate = 0.01,
                              .duplicate_rate = 0.1,
                              .late_rate = 0.1};
  const Shop one = shop_of(options, 1);
  const Shop five = shop_of(options, 5);
  EXPECT_TRUE(one.sessions->Equals(*five.sessions, true));
  EXPECT_TRUE(one.pageviews->Equals(*five.pageviews, true));
  EXPECT_TRUE(one.orders->Equals(*five.orders, true));
  EXPECT_TRUE(one.truth->Equals(*five.truth, true));
  SampleOptions other = options;
  other.seed = 8;
  EXPECT_FALSE(one.sessions->Equals(*shop_of(other).sessions, false));
}

TEST(Sample, ComesInAnySize) {
  for (const std::int64_t sessions : {1, 2, 10, 1000, 20000}) {
    const Shop shop = shop_of({.sessions = sessions});
    EXPECT_EQ(shop.sessions->num_rows(), sessions);
    const Journeys journeys = journeys_of(shop);
    EXPECT_EQ(journeys.dirt, DirtCounts{}) << sessions;
    const double share = 32313.0 / 472871 * static_cast<double>(sessions);
    EXPECT_NEAR(static_cast<double>(shop.orders->num_rows()), share, 1) << sessions;
  }
}

TEST(Sample, ReturningUsersHaveBeenThereBefore) {
  const Shop shop = shop_of({.sessions = 20000, .seed = 11});
  const Journeys journeys = journeys_of(shop);
  std::int64_t returned = 0;
  for (std::size_t s = 0; s < journeys.sessions(); ++s) {
    returned += journeys.stated_repeat[s];
    ASSERT_EQ(journeys.stated_repeat[s] == 1, journeys.other_start[s] < journeys.started_at[s]);
  }
  EXPECT_NEAR(static_cast<double>(returned) / 20000, 0.166, 0.01);
}

TEST(Sample, InTheNullShopOnlyPagesTell) {
  const Shop shop = shop_of({.sessions = 60000, .seed = 12, .shop = ShopKind::null});
  const Journeys journeys = journeys_of(shop);
  const AsOfRows rows = rows_at(journeys, "10min");
  std::vector<double> device, source, hour, repeat;
  for (const std::uint32_t s : rows.session) {
    device.push_back(journeys.device[s]);
    source.push_back(journeys.source[s]);
    hour.push_back(static_cast<double>(journeys.started_at[s] / 3600 % 24));
    repeat.push_back(journeys.stated_repeat[s]);
  }
  for (const auto& column : {device, source, hour, repeat}) {
    EXPECT_NEAR(auc(column, rows.positive), 0.5, 0.02);  // about four standard errors
  }
  EXPECT_NEAR(depth_auc(rows), 0.92, 0.02);
}

TEST(Sample, AShiftedShopLosesHalfOfItsLateOrders) {
  const auto late_orders = [](ShopKind kind) {
    const Shop shop = shop_of({.sessions = 60000, .seed = 13, .shop = kind});
    std::array<double, 2> orders{};
    for (const std::int64_t at : whole(*shop.orders, "created_at"))
      orders[at >= 1420070400'000'000]++;
    return orders;
  };
  const auto usual = late_orders(ShopKind::usual), shifted = late_orders(ShopKind::shifted);
  EXPECT_EQ(shifted[0], usual[0]);
  EXPECT_NEAR(shifted[1] / usual[1], 0.5, 0.07);
}

TEST(Sample, LongTailsMakeHourLongGaps) {
  const Shop shop = shop_of({.sessions = 20000, .seed = 14, .gaps = GapKind::long_tailed});
  const Journeys journeys = journeys_of(shop);
  std::int64_t longest = 0;
  for (std::size_t s = 0; s < journeys.sessions(); ++s) {
    const auto times = journeys.times(s);
    for (std::size_t i = 1; i < times.size(); ++i)
      longest = std::max(longest, times[i] - times[i - 1]);
  }
  EXPECT_GT(longest, 3600);
  EXPECT_LE(longest, 7200);
}

TEST(Sample, DirtComesAtTheStatedRates) {
  const SampleOptions clean{.sessions = 20000, .seed = 15};
  SampleOptions dirty = clean;
  dirty.duplicate_rate = 0.02;
  dirty.late_rate = 0.03;
  const Journeys before = journeys_of(shop_of(clean));
  const Journeys after = journeys_of(shop_of(dirty));
  const double views = static_cast<double>(before.page_time.size());
  EXPECT_NEAR(static_cast<double>(after.dirt.duplicate_pageviews), 0.02 * views,
              5 * std::sqrt(0.02 * views));
  EXPECT_GT(after.dirt.late_pageviews, 0U);
  EXPECT_EQ(before.page_time, after.page_time);  // late and doubled rows change no journey
  EXPECT_EQ(before.page_url, after.page_url);

  dirty.reload_rate = 0.05;
  dirty.bot_rate = 0.01;
  const Journeys more = journeys_of(shop_of(dirty));
  EXPECT_NEAR(static_cast<double>(more.sessions()), 20200, 5 * std::sqrt(200));
  EXPECT_GT(static_cast<double>(more.page_time.size()), 1.05 * views);
}

}  // namespace
}  // namespace rarewood

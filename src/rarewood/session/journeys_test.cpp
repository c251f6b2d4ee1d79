#include "rarewood/session/journeys.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/random.hpp"
#include "rarewood/session/tiny_shop.hpp"

namespace rarewood {
namespace {

std::vector<std::int64_t> times_of(const Journeys& journeys, std::size_t s) {
  const auto times = journeys.times(s);
  return {times.begin(), times.end()};
}

TEST(Journeys, PutsViewsInOrderOfTime) {
  TinyShop shop;
  shop.sessions = {{20, 500, 2}, {10, 100, 1}};
  shop.views = {{4, 530, 20}, {1, 100, 10}, {3, 500, 20}, {2, 160, 10}};
  shop.orders = {{1, 900, 20}};
  const Journeys journeys = shop.journeys();
  EXPECT_EQ(journeys.session, (std::vector<std::int64_t>{10, 20}));
  EXPECT_EQ(times_of(journeys, 0), (std::vector<std::int64_t>{100, 160}));
  EXPECT_EQ(times_of(journeys, 1), (std::vector<std::int64_t>{500, 530}));
  EXPECT_EQ(journeys.order_time, (std::vector<std::int64_t>{no_time, 900}));
  EXPECT_EQ(journeys.revenue[1], 49.99);
  EXPECT_EQ(journeys.last_pageview, 530);
  EXPECT_EQ(journeys.last_order, 900);
  EXPECT_EQ(journeys.dirt, DirtCounts{});
}

TEST(Journeys, CountsAndHandlesDirt) {
  TinyShop shop;
  shop.sessions = {{1, 100, 1}, {1, 90, 1}, {2, no_time, 2}, {3, 300, 3}, {no_id, 10, 9}};
  shop.views = {{1, 100, 1},     {2, 200, 1},
                {2, 150, 1},                    // the same id twice: the earlier row counts
                {5, 120, 1},                    // a higher id, an earlier time: late
                {6, 400, 2},     {7, 410, 99},  // an orphan
                {8, no_time, 1}, {9, 50, 1}};   // no time; before its session
  shop.orders = {{1, 500, 1}, {2, 400, 1}, {2, 450, 1}, {3, 10, 77}, {4, no_time, 2}};
  const Journeys journeys = shop.journeys();
  DirtCounts expected;
  expected.sessions_without_id = 1;
  expected.sessions_without_time = 1;
  expected.duplicate_sessions = 1;
  expected.sessions_without_pages = 1;
  expected.unusable_pageviews = 1;
  expected.duplicate_pageviews = 1;
  expected.orphan_pageviews = 1;
  expected.late_pageviews = 2;
  expected.pageviews_before_session = 1;
  expected.unusable_orders = 1;
  expected.duplicate_orders = 1;
  expected.orphan_orders = 1;
  expected.further_orders = 1;
  EXPECT_EQ(journeys.dirt, expected);
  EXPECT_EQ(journeys.started_at, (std::vector<std::int64_t>{90, no_time, 300}));
  EXPECT_EQ(times_of(journeys, 0), (std::vector<std::int64_t>{50, 100, 120, 150}));
  EXPECT_EQ(journeys.order_time[0], 400);
  EXPECT_EQ(dirt_lines(journeys.dirt).size(), 13U);
  EXPECT_EQ(dirt_lines(journeys.dirt)[6], "1 page views of unknown sessions, left out");
}

TEST(Journeys, LinksTheSessionsOfAUser) {
  TinyShop shop;
  shop.sessions = {{1, 100, 5, 0}, {2, 300, 5, 1},    {3, 200, 5, 1},
                   {4, 50, 6, 1},  {5, 60, no_id, 1}, {6, 900, 5, 0}};
  const Journeys journeys = shop.journeys();
  EXPECT_EQ(journeys.other_start,
            (std::vector<std::int64_t>{200, 100, 100, INT64_MAX, INT64_MAX, 100}));
  EXPECT_EQ(journeys.dirt.unfounded_repeats, 1U);   // session 4
  EXPECT_EQ(journeys.dirt.overlooked_repeats, 1U);  // session 6
}

TEST(Journeys, SparseAndNegativeIdsWork) {
  TinyShop shop;
  shop.sessions = {{-5, 100, 1}, {1'000'000'000'000'000, 200, 2}};
  shop.views = {{1, 100, -5}, {9'000'000'000'000'000'000, 201, 1'000'000'000'000'000}};
  const Journeys journeys = shop.journeys();
  EXPECT_EQ(times_of(journeys, 0), (std::vector<std::int64_t>{100}));
  EXPECT_EQ(times_of(journeys, 1), (std::vector<std::int64_t>{201}));
}

TEST(Journeys, RefusesAShopWithoutSessions) { EXPECT_THROW(TinyShop{}.journeys(), Error); }

/// A shop with every kind of dirt; ids and times collide often.
TinyShop messy_shop(std::uint64_t seed) {
  Random random(seed, "messy shop");
  const auto draw = [&](std::uint64_t bound) {
    return static_cast<std::int64_t>(random.below(bound));
  };
  TinyShop shop;
  for (int i = 0; i < 60; ++i) {
    shop.sessions.push_back({draw(50), draw(2000), draw(20), static_cast<double>(draw(2)),
                             draw(2) ? "gsearch" : "bsearch", draw(2) ? "mobile" : "desktop"});
  }
  for (int i = 0; i < 300; ++i) {
    shop.views.push_back(
        {draw(250), draw(20) ? draw(3000) : no_time, draw(55), draw(2) ? "/home" : "/cart"});
  }
  for (int i = 0; i < 30; ++i) {
    shop.orders.push_back({draw(25), draw(3000), draw(55), static_cast<double>(draw(100))});
  }
  return shop;
}

template <typename Row>
void shuffle(std::vector<Row>& rows, Random& random) {
  for (std::size_t i = rows.size(); i > 1; --i) std::swap(rows[i - 1], rows[random.below(i)]);
}

TEST(Journeys, DoNotDependOnTheOrderOfRows) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    TinyShop shop = messy_shop(seed);
    const Journeys before = shop.journeys();
    Random random(seed, "shuffle");
    shuffle(shop.sessions, random);
    shuffle(shop.views, random);
    shuffle(shop.orders, random);
    const Journeys after = shop.journeys();
    EXPECT_EQ(before.session, after.session);
    EXPECT_EQ(before.user, after.user);
    EXPECT_EQ(before.started_at, after.started_at);
    EXPECT_EQ(before.stated_repeat, after.stated_repeat);
    EXPECT_EQ(before.source, after.source);
    EXPECT_EQ(before.first_page, after.first_page);
    EXPECT_EQ(before.page_time, after.page_time);
    EXPECT_EQ(before.page_url, after.page_url);
    EXPECT_EQ(before.order_time, after.order_time);
    EXPECT_EQ(before.dirt, after.dirt);
  }
}

}  // namespace
}  // namespace rarewood

#include "rarewood/session/as_of.hpp"

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"
#include "rarewood/session/tiny_shop.hpp"
#include "rarewood/session/zone_clock.hpp"

namespace rarewood {
namespace {

constexpr std::int64_t minute = 60;
constexpr std::int64_t day = 86400;

SessionRules rules_of(const std::string& as_of) {
  SessionOptions options;
  options.as_of = as_of;
  return check_session_options(options);
}

/// Five sessions from second 1000 on; the last event is two days later.
TinyShop five_sessions() {
  TinyShop shop;
  const std::int64_t t = 1000;
  shop.sessions = {{1, t, 1}, {2, t, 2}, {3, t, 3}, {4, t, 4}, {5, t + 2 * day, 5}};
  shop.views = {
      {1, t, 1, "/home"}, {2, t + 3 * minute, 1, "/products"}, {3, t + 12 * minute, 1, "/cart"},
      {4, t, 2, "/home"}, {5, t + 2 * minute, 2, "/cart"},     {6, t + 20 * minute, 2, "/end"},
      {7, t, 3, "/home"}, {8, t + 8 * minute, 3, "/end"},      {9, t + 2 * day, 5, "/home"}};
  shop.orders = {{1, t + 20 * minute, 2, 10}, {2, t + 8 * minute, 3, 20}};
  return shop;  // 4 has no page view, 5 begins at the data's end
}

std::vector<std::int64_t> ids(const Journeys& journeys, const AsOfRows& rows) {
  std::vector<std::int64_t> result;
  for (const std::uint32_t s : rows.session) result.push_back(journeys.session[s]);
  return result;
}

TEST(RowsAsOf, AppliesTheContractLineByLine) {
  const Journeys journeys = five_sessions().journeys();
  const AsOfRows rows = rows_as_of(journeys, rules_of("10min"), Control{});
  EXPECT_EQ(ids(journeys, rows), (std::vector<std::int64_t>{1, 2}));
  EXPECT_EQ(rows.depth, (std::vector<std::uint32_t>{2, 2}));
  EXPECT_EQ(rows.point, (std::vector<std::int64_t>{1600, 1600}));
  EXPECT_EQ(rows.last_page, (std::vector<std::int64_t>{1180, 1120}));
  EXPECT_EQ(rows.positive, (std::vector<std::uint8_t>{0, 1}));
  EXPECT_EQ(rows.data_end, 1000 + 2 * day);
  EXPECT_EQ(rows.population.at(Standing::without_pages), 1U);
  EXPECT_EQ(rows.population.at(Standing::already_ordered), 1U);
  EXPECT_EQ(rows.population.at(Standing::undecided), 1U);
  EXPECT_EQ(rows.population.at(Standing::kept), 2U);
  EXPECT_EQ(rows.population.positives, 1U);
  const auto reasons = left_out(rows.population, rules_of("10min"));
  ASSERT_EQ(reasons.size(), 3U);
  EXPECT_EQ(reasons[1].first, "already ordered at 10 min");
}

TEST(RowsAsOf, OrdersThatNoRowCanFindAreNotedWithTheirReason) {
  const Journeys journeys = five_sessions().journeys();
  const AsOfRows at_ten = rows_as_of(journeys, rules_of("10min"), Control{});
  EXPECT_EQ(at_ten.ordered_before, (std::vector<std::uint32_t>{2}));  // session 3
  EXPECT_TRUE(at_ten.ordered_unseen.empty());
  const AsOfRows at_page = rows_as_of(journeys, rules_of("page:3"), Control{});
  EXPECT_EQ(at_page.ordered_unseen, (std::vector<std::uint32_t>{2}));  // it showed two pages
  SessionRules undecided = rules_of("10min");
  undecided.outcome_window = 3 * day;  // longer than the data: who else would order is not known
  EXPECT_TRUE(find_rows_as_of(journeys, undecided, Control{}).ordered_before.empty());
}

TEST(RowsAsOf, APageOrUrlThatIsNeverReachedIsLeftOut) {
  const Journeys journeys = five_sessions().journeys();
  const AsOfRows page = rows_as_of(journeys, rules_of("page:3"), Control{});
  EXPECT_EQ(ids(journeys, page), (std::vector<std::int64_t>{1}));  // 2 orders as it shows page 3
  EXPECT_EQ(page.population.at(Standing::never_there), 2U);
  EXPECT_EQ(page.population.at(Standing::already_ordered), 1U);
  const AsOfRows cart = rows_as_of(journeys, rules_of("url:/cart"), Control{});
  EXPECT_EQ(ids(journeys, cart), (std::vector<std::int64_t>{1, 2}));
  EXPECT_EQ(cart.depth, (std::vector<std::uint32_t>{3, 2}));
  EXPECT_EQ(cart.point, (std::vector<std::int64_t>{1000 + 12 * minute, 1000 + 2 * minute}));
  EXPECT_THROW(rows_as_of(journeys, rules_of("url:/nowhere"), Control{}), Error);
}

TEST(RowsAsOf, TheIngestLagHidesYoungEvents) {
  const Journeys journeys = five_sessions().journeys();
  SessionRules rules = rules_of("10min");
  rules.ingest_lag = 8 * minute;
  EXPECT_EQ(rows_as_of(journeys, rules, Control{}).depth, (std::vector<std::uint32_t>{1, 2}));
  rules = rules_of("page:1");
  rules.ingest_lag = 1;
  EXPECT_THROW(rows_as_of(journeys, rules, Control{}), Error);  // nothing is visible to anybody
}

TEST(RowsAsOf, TheOutcomeWindowBoundsTheLabel) {
  const Journeys journeys = five_sessions().journeys();
  SessionRules rules = rules_of("10min");
  rules.outcome_window = 10 * minute;  // the order comes exactly at its end
  EXPECT_EQ(rows_as_of(journeys, rules, Control{}).population.positives, 1U);
  rules.outcome_window = 10 * minute - 1;
  EXPECT_EQ(rows_as_of(journeys, rules, Control{}).population.positives, 0U);
}

TEST(RowsAsOf, NothingIsKnownAfterTheDataEnd) {
  const Journeys journeys = five_sessions().journeys();
  SessionRules rules = rules_of("10min");
  rules.data_end = 1600 + day;
  EXPECT_EQ(rows_as_of(journeys, rules, Control{}).rows(), 2U);
  rules.data_end = 1600 + day - 1;
  EXPECT_THROW(rows_as_of(journeys, rules, Control{}), Error);
}

TEST(RowsAsOf, AViewTableThatEndsEarlyDecidesNothing) {
  TinyShop shop = five_sessions();
  shop.views.pop_back();  // the last view is now at minute 20 ...
  shop.sessions.push_back({6, 1000 + 15 * minute, 6});
  shop.views.push_back({10, 1000 + 15 * minute, 6, "/home"});  // ... and 6 would be seen at 25
  const Journeys journeys = shop.journeys();
  const AsOfRows rows = rows_as_of(journeys, rules_of("10min"), Control{});
  EXPECT_EQ(rows.population.at(Standing::views_cut_off), 1U);
  EXPECT_EQ(rows.rows(), 2U);
}

TEST(RowsAsOf, ActiveIsASliceNotACondition) {
  const Journeys journeys = five_sessions().journeys();
  SessionRules rules = rules_of("10min");
  rules.active_within = 7 * minute + 1;
  const AsOfRows rows = rows_as_of(journeys, rules, Control{});
  EXPECT_EQ(rows.rows(), 2U);
  EXPECT_EQ(rows.population.active, 1U);  // session 1 was seen at minute 3, 2 at minute 2
  EXPECT_EQ(rows.population.active_positives, 0U);
}

TEST(RowsAsOf, TheEndKeepsEveryoneAndLeaks) {
  const Journeys journeys = five_sessions().journeys();
  const AsOfRows rows = rows_as_of(journeys, rules_of("end"), Control{});
  EXPECT_EQ(rows.depth, (std::vector<std::uint32_t>{3, 3, 2, 0, 1}));
  EXPECT_EQ(rows.positive, (std::vector<std::uint8_t>{0, 1, 1, 0, 0}));
  EXPECT_TRUE(left_out(rows.population, rules_of("end")).empty());
}

TEST(RowsAsOf, SaysWhyNothingIsLeft) {
  TinyShop shop;
  shop.sessions = {{1, 100, 1}};
  try {
    rows_as_of(shop.journeys(), rules_of("10min"), Control{});
    FAIL() << "kept something";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::data);
    EXPECT_NE(std::string(error.what()).find("1 without a page view"), std::string::npos);
  }
}

TEST(SessionOptions, AreCheckedBeforeUse) {
  const auto refuses = [](const SessionOptions& options) {
    EXPECT_THROW(check_session_options(options), Error);
  };
  refuses({.as_of = "later"});
  refuses({.outcome_window = "0s"});
  refuses({.ingest_lag = "-1s"});
  refuses({.as_of = "end", .ingest_lag = "1min"});
  refuses({.data_end = "tomorrow"});
  const SessionRules rules =
      check_session_options({.timezone = "Europe/Berlin", .data_end = "2012-04-05 18:30"});
  EXPECT_EQ(stamp_text(rules.data_end), "2012-04-05 16:30:00Z");
}

}  // namespace
}  // namespace rarewood

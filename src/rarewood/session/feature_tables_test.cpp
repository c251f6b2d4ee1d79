#include "rarewood/session/feature_tables.hpp"

#include <algorithm>

#include <arrow/api.h>
#include <arrow/json/from_string.h>
#include <gtest/gtest.h>

#include "rarewood/base/random.hpp"
#include "rarewood/session/tiny_shop.hpp"

namespace rarewood {
namespace {

constexpr std::int64_t opening = 1332144000;  // 2012-03-19 08:00:00 UTC, a Monday
constexpr std::int64_t data_end = opening + 40 * 86400;

SessionRules rules_of(const std::string& as_of) {
  SessionOptions options;
  options.as_of = as_of;
  SessionRules rules = check_session_options(options);
  rules.data_end = data_end;
  return rules;
}

FeatureTables tables_of(const TinyShop& shop, const SessionRules& rules, int threads = 1) {
  Control control;
  control.threads = threads;
  return features_as_of(shop.journeys(), rules, control);
}

std::string metadata(const arrow::Table& table, const std::string& name) {
  return table.schema()->metadata()->Get("rarewood." + name).ValueOr("(none)");
}

/// A month of a small shop; a session shows up to seven pages within half an hour.
TinyShop month_of_shop(std::uint64_t seed) {
  const std::vector<std::string> pages{"/home",     "/products", "/bear",  "/cart",
                                       "/shipping", "/billing",  "/thanks"};
  Random random(seed, "month of shop");
  const auto draw = [&](std::uint64_t bound) {
    return static_cast<std::int64_t>(random.below(bound));
  };
  TinyShop shop;
  for (std::int64_t s = 1; s <= 300; ++s) {
    const std::int64_t start = opening + draw(35 * 86400);
    shop.sessions.push_back(
        {s, start, draw(200), 0, draw(3) ? "gsearch" : "NULL", draw(2) ? "mobile" : "desktop"});
    std::int64_t at = start;
    const std::int64_t depth = 1 + draw(7);
    for (std::int64_t p = 0; p < depth; ++p) {
      const auto id = static_cast<std::int64_t>(shop.views.size()) + 1;
      shop.views.push_back(
          {id, at, s, p == 0 && draw(2) ? "/lander-2" : pages[static_cast<std::size_t>(p)]});
      at += 20 + draw(400);
    }
    if (depth == 7) shop.orders.push_back({s, at, s, 49.99});
  }
  return shop;
}

const std::vector<std::string> points{"10min", "90s", "page:3", "url:/products"};

/// Features and labels in the order of the sessions' ids, as text, for comparison in part.
std::string row_text(const FeatureTables& tables, std::int64_t row, bool with_labels = true) {
  std::string text;
  for (const auto& column : tables.table->columns()) {
    if (!with_labels && &column - &tables.table->columns()[0] >= tables.table->num_columns() - 2)
      break;
    text += column->GetScalar(row).ValueOrDie()->ToString() + " ";
  }
  return text;
}

std::int64_t key_of(const FeatureTables& tables, const std::string& column, std::int64_t row) {
  const auto chunk = tables.keys->GetColumnByName(column)->chunk(0);
  return std::static_pointer_cast<arrow::Int64Array>(arrow::MakeArray([&] {
           auto data = chunk->data()->Copy();
           data->type = arrow::int64();
           return data;
         }()))
      ->Value(row);
}

TEST(FeatureTables, HasTheAssignedColumns) {
  const FeatureTables tables = tables_of(month_of_shop(1), rules_of("10min"));
  EXPECT_EQ(tables.table->schema()->field_names(),
            (std::vector<std::string>{
                "is_repeat_session", "hour_of_day", "is_weekend", "engagement_depth",
                "utm_source_gsearch", "utm_source_socialbook", "device_type_mobile",
                "landing_page_/lander-1", "landing_page_/lander-2", "landing_page_/lander-3",
                "landing_page_/lander-4", "landing_page_/lander-5", "is_ordered", "revenue"}));
  EXPECT_EQ(tables.keys->schema()->field_names(),
            (std::vector<std::string>{"website_session_id", "user_id", "session_started_at",
                                      "prediction_time", "order_time", "last_page_time"}));
  EXPECT_EQ(tables.table->num_rows(), tables.keys->num_rows());
  EXPECT_EQ(metadata(*tables.table, "prediction_point"), "10min");
  EXPECT_EQ(metadata(*tables.table, "simulated"), "false");
  EXPECT_EQ(metadata(*tables.table, "keys_fingerprint"), metadata(*tables.keys, "fingerprint"));
  EXPECT_EQ(metadata(*tables.keys, "table_fingerprint"), metadata(*tables.table, "fingerprint"));
}

TEST(FeatureTables, FillsARowAsTheContractSays) {
  TinyShop shop;
  shop.sessions = {{1, opening, 5, 0, "socialbook", "mobile"},
                   {2, opening + 5 * 86400 - 8 * 3600 - 1800, 5, 1, "NULL", "desktop"}};
  shop.views = {{1, opening, 1, "/lander-5"},
                {2, opening + 60, 1, "/products"},
                {3, opening + 5 * 86400 - 8 * 3600 - 1800, 2, "/home"}};
  shop.orders = {{1, opening + 1200, 1, 59.99}};
  SessionRules rules = rules_of("10min");
  rules.minutes_since_last_page = true;
  EXPECT_EQ(row_text(tables_of(shop, rules), 0),
            "0 8 false 2 false true true false false false false true 9 1 59.99 ");
  // Friday 23:30 in London is Saturday 00:30 in Berlin.
  EXPECT_EQ(row_text(tables_of(shop, rules), 1),
            "1 23 false 1 false false false false false false false false 10 0 0 ");
  rules.timezone = "Europe/Berlin";
  EXPECT_EQ(row_text(tables_of(shop, rules), 1),
            "1 0 true 1 false false false false false false false false 10 0 0 ");
}

TEST(FeatureTables, NativeTextsKeepWhatIsMissing) {
  SessionRules rules = rules_of("10min");
  rules.encoding = Encoding::native;
  TinyShop shop;
  shop.sessions = {{1, opening, 5, 0, "NULL", "tablet"}};
  shop.views = {{1, opening, 1, "/spring-sale"}};
  const FeatureTables native = tables_of(shop, rules);
  EXPECT_EQ(row_text(native, 0), "0 8 false 1 null tablet /spring-sale 0 0 ");
  EXPECT_TRUE(native.warnings.empty());
  const FeatureTables onehot = tables_of(shop, rules_of("10min"));
  EXPECT_EQ(onehot.warnings.size(), 2U) << "the tablet and the landing page vanish";
}

TEST(FeatureTables, OnlyEarlierSessionsMakeAReturningUser) {
  TinyShop shop;
  shop.sessions = {
      {1, opening, 5, 1}, {2, opening + 60, 5, 0}, {3, opening, 6, 1}, {4, opening, no_id, 1}};
  for (std::int64_t s = 1; s <= 4; ++s) shop.views.push_back({s, opening + 60 * (s == 2), s});
  const FeatureTables at10 = tables_of(shop, rules_of("10min"));
  const auto repeat = at10.table->GetColumnByName("is_repeat_session")->chunk(0)->ToString();
  EXPECT_EQ(repeat,
            arrow::json::ArrayFromJSONString(arrow::int64(), "[0,1,0,1]").ValueOrDie()->ToString());
  const FeatureTables end = tables_of(shop, rules_of("end"));  // as the raw table states
  EXPECT_EQ(end.table->GetColumnByName("is_repeat_session")->chunk(0)->ToString(),
            arrow::json::ArrayFromJSONString(arrow::int64(), "[1,0,1,1]").ValueOrDie()->ToString());
}

TEST(FeatureTables, NeitherRowOrderNorThreadsMatter) {
  TinyShop shop = month_of_shop(2);
  for (const std::string& point : points) {
    const FeatureTables before = tables_of(shop, rules_of(point), 1);
    TinyShop shuffled = shop;
    std::reverse(shuffled.sessions.begin(), shuffled.sessions.end());
    std::rotate(shuffled.views.begin(), shuffled.views.begin() + 100, shuffled.views.end());
    std::reverse(shuffled.orders.begin(), shuffled.orders.end());
    const FeatureTables after = tables_of(shuffled, rules_of(point), 4);
    EXPECT_TRUE(before.table->Equals(*after.table, true)) << point;
    EXPECT_TRUE(before.keys->Equals(*after.keys, true)) << point;
  }
}

/// Alter, move or delete every view after its session's point; deletion is what a live system sees.
TinyShop without_later_views(const TinyShop& shop, const FeatureTables& tables, bool move) {
  int later = 0;
  std::vector<std::int64_t> point(1000, INT64_MAX);
  for (std::int64_t row = 0; row < tables.keys->num_rows(); ++row) {
    point[static_cast<std::size_t>(key_of(tables, "website_session_id", row))] =
        key_of(tables, "prediction_time", row) / 1'000'000;
  }
  TinyShop changed = shop;
  changed.views.clear();
  for (TinyShop::View view : shop.views) {
    if (view.time > point[static_cast<std::size_t>(view.session)]) {
      ++later;
      if (!move) continue;
      view.time += 12345;
      view.url = "/elsewhere";
    }
    changed.views.push_back(view);
  }
  EXPECT_GT(later, 100);
  return changed;
}

TEST(FeatureTables, NothingAfterThePointIsSeen) {
  for (std::uint64_t seed = 3; seed < 8; ++seed) {
    const TinyShop shop = month_of_shop(seed);
    for (const std::string& point : points) {
      const FeatureTables tables = tables_of(shop, rules_of(point));
      ASSERT_GT(tables.population.positives, 0U) << point;
      for (const bool move : {false, true}) {
        const TinyShop changed = without_later_views(shop, tables, move);
        const FeatureTables after = tables_of(changed, rules_of(point));
        EXPECT_TRUE(tables.table->Equals(*after.table, true)) << point;
        EXPECT_TRUE(tables.keys->Equals(*after.keys, true)) << point;
      }
    }
  }
}

TEST(FeatureTables, OrdersAfterThePointChangeLabelsOnly) {
  const TinyShop shop = month_of_shop(9);
  const FeatureTables tables = tables_of(shop, rules_of("5min"));
  TinyShop changed = shop;
  for (TinyShop::Order& order : changed.orders) order.time += 40 * 60;
  changed.orders.resize(changed.orders.size() / 2);
  const FeatureTables after = tables_of(changed, rules_of("5min"));
  ASSERT_EQ(tables.population.at(Standing::already_ordered), 0U);
  ASSERT_EQ(tables.table->num_rows(), after.table->num_rows());
  EXPECT_NE(tables.population.positives, after.population.positives);
  for (std::int64_t row = 0; row < tables.table->num_rows(); ++row) {
    EXPECT_EQ(row_text(tables, row, false), row_text(after, row, false));
  }
}

/// Cut all three raw tables at a moment: what had its point before looks the same as with
/// hindsight.
TEST(FeatureTables, AWorldCutAtAMomentLooksTheSameUntilThen) {
  const TinyShop shop = month_of_shop(10);
  const std::int64_t cut = opening + 17 * 86400;
  TinyShop known = shop;
  std::erase_if(known.sessions, [&](const auto& row) { return row.time > cut; });
  std::erase_if(known.views, [&](const auto& row) { return row.time > cut; });
  std::erase_if(known.orders, [&](const auto& row) { return row.time > cut; });
  for (const std::string& point : points) {
    const FeatureTables hindsight = tables_of(shop, rules_of(point));
    const FeatureTables live = tables_of(known, rules_of(point));
    std::int64_t compared = 0;
    for (std::int64_t row = 0; row < live.table->num_rows(); ++row) {
      if (key_of(live, "prediction_time", row) / 1'000'000 > cut) continue;
      const std::int64_t id = key_of(live, "website_session_id", row);
      for (std::int64_t other = 0; other < hindsight.table->num_rows(); ++other) {
        if (key_of(hindsight, "website_session_id", other) != id) continue;
        EXPECT_EQ(row_text(live, row, false), row_text(hindsight, other, false));
        ++compared;
      }
    }
    EXPECT_GT(compared, 30) << point;
  }
}

}  // namespace
}  // namespace rarewood

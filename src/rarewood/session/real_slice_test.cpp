// The first rows of a real shop, where they are at hand: RAREWOOD_SHARED, or ../shared beside the
// repository.

#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>

#include "rarewood/session/feature_tables.hpp"
#include "rarewood/store/local_store.hpp"

namespace rarewood {
namespace {

std::filesystem::path slice_folder() {
  const char* given = std::getenv("RAREWOOD_SHARED");
  return std::filesystem::path(given ? given : "../shared") / "data" / "maven_slice";
}

class RealSlice : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(slice_folder() / "website_sessions.csv")) {
      GTEST_SKIP() << "no real slice at " << slice_folder();
    }
    const auto store = make_local_store(slice_folder(), {});
    journeys = read_journeys(open_raw_tables(*store, "", {}, {}), "UTC", {});
  }

  /// AUC of the number of visible pages alone.
  static double depth_auc(const AsOfRows& rows) {
    std::vector<std::array<double, 2>> counts(100);
    for (std::size_t i = 0; i < rows.rows(); ++i) ++counts.at(rows.depth[i]).at(rows.positive[i]);
    double below = 0, pairs = 0, negatives = 0, positives = 0;
    for (const auto& [n, p] : counts) {
      pairs += p * (below + n / 2);
      below += n;
      negatives += n;
      positives += p;
    }
    return pairs / (negatives * positives);
  }

  AsOfRows rows_at(const std::string& as_of, const std::string& data_end = "") const {
    SessionOptions options;
    options.as_of = as_of;
    options.data_end = data_end;
    return rows_as_of(journeys, check_session_options(options), {});
  }

  Journeys journeys;
};

TEST_F(RealSlice, IsCleanAndItsRepeatFlagsAgreeWithHistory) {
  DirtCounts expected;
  expected.sessions_without_pages = 5000 - 2548;  // the page views end first
  expected.orphan_orders = journeys.dirt.orphan_orders;
  EXPECT_EQ(journeys.dirt, expected);
  EXPECT_GT(journeys.dirt.orphan_orders, 4000U);  // the orders end last
}

TEST_F(RealSlice, AsOfTenMinutesItHasTheKnownRows) {
  const AsOfRows rows = rows_at("10min");
  EXPECT_EQ(rows.population.at(Standing::without_pages), 2452U);
  EXPECT_EQ(rows.population.at(Standing::already_ordered), 1U);
  EXPECT_EQ(rows.population.at(Standing::views_cut_off), 5U);
  EXPECT_EQ(rows.population.at(Standing::undecided), 0U);
  EXPECT_EQ(rows.rows(), 2542U);
  EXPECT_EQ(rows.population.positives, 78U);
}

TEST_F(RealSlice, DepthTellsWhatIsKnownOfIt) {
  // A day before this end is session 2,517, up to where the page views are surely whole.
  const std::string end = "2012-04-05 18:25:00";
  const AsOfRows rows = rows_at("10min", end);
  EXPECT_EQ(rows.rows(), 2516U);
  EXPECT_EQ(rows.population.positives + rows.population.at(Standing::already_ordered), 78U);
  EXPECT_NEAR(depth_auc(rows_at("5min", end)), 0.77, 0.005);
  EXPECT_NEAR(depth_auc(rows_at("8min", end)), 0.90, 0.005);
  EXPECT_NEAR(depth_auc(rows), 0.95, 0.005);
  EXPECT_NEAR(depth_auc(rows_at("12min", end)), 0.97, 0.005);
  // Who showed a second page is active ten minutes in; the others left, and no order is lost.
  EXPECT_EQ(rows.population.active, 983U);
  EXPECT_EQ(rows.population.active_positives, 77U);
}

}  // namespace
}  // namespace rarewood

#include "rarewood/session/shop_law.hpp"

#include <numeric>

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"

namespace rarewood {
namespace {

TEST(LargestRemainder, SharesEverything) {
  EXPECT_EQ(largest_remainder(10, std::vector<double>{1, 1, 1}),
            (std::vector<std::uint64_t>{4, 3, 3}));
  EXPECT_EQ(largest_remainder(0, std::vector<double>{1, 2}), (std::vector<std::uint64_t>{0, 0}));
  EXPECT_EQ(largest_remainder(7, std::vector<double>{0, 2, 5}),
            (std::vector<std::uint64_t>{0, 2, 5}));
}

TEST(FitToMargins, MeetsSumsAndLimits) {
  Grid seed(3, 3, 1);
  const std::vector<double> rows{5, 0, 7}, columns{4, 4, 4}, limit{1, 5, 5, 9, 9, 9, 9, 9, 1};
  const Grid grid = fit_to_margins(seed, rows, columns, limit);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(grid.row_sum(i), rows[i]);
    EXPECT_EQ(grid.column_sum(i), columns[i]);
  }
  for (std::size_t i = 0; i < 9; ++i) EXPECT_LE(grid.cells[i], limit[i]);
}

TEST(FitToMargins, LeavesAWholeFitAlone) {
  Grid seed(2, 2);
  seed.cells = {3, 1, 0, 8};
  EXPECT_EQ(fit_to_margins(seed, std::vector<double>{4, 8}, std::vector<double>{3, 9}).cells,
            seed.cells);
}

TEST(FitToMargins, SaysWhenMarginsContradictEachOther) {
  EXPECT_THROW(fit_to_margins(Grid(1, 2, 1), std::vector<double>{5}, std::vector<double>{1, 1}),
               Error);
}

std::uint64_t total(const Deck& deck) { return deck_size(deck); }

TEST(ShopFacts, AgreeWithEachOtherMonthByMonth) {
  std::uint64_t sessions = 0;
  for (const MonthFacts& month : month_facts()) {
    const auto sum = [](const auto& tally) {
      return std::accumulate(tally.begin(), tally.end(), 0U);
    };
    EXPECT_EQ(sum(month.device_sessions), sum(month.source_sessions)) << month.year << month.month;
    EXPECT_EQ(sum(month.device_sessions), sum(month.landings)) << month.year << month.month;
    EXPECT_EQ(sum(month.device_orders), sum(month.source_orders)) << month.year << month.month;
    sessions += sum(month.landings);
  }
  EXPECT_EQ(sessions, shop_sessions);
}

TEST(ShopLaw, DecksFitTheirGroups) {
  const ShopLaw law = shop_law(ShopKind::usual);
  for (std::size_t m = 0; m < shop_months; ++m) {
    std::uint64_t paid = 0, viewers = 0, billed = 0;
    std::array<std::uint64_t, 2> home{};
    for (std::size_t d = 0; d < shop_depths; ++d) {
      const auto group = static_cast<std::uint64_t>(law.sessions.at(m, d));
      const Deck& channel = law.channel[m][d];
      const std::uint64_t social = channel[social_pilot] + channel[social_targeted];
      EXPECT_EQ(total(channel), group);
      EXPECT_EQ(total(law.device[m][d]) + social, group);
      for (std::size_t ch = 0; ch < shop_channels; ++ch) {
        (channel_facts()[ch].lands_at_home ? home[d == 6] : paid) += channel[ch];
      }
      if (d >= 2) viewers += group;
      if (d >= 5) billed += group;
    }
    EXPECT_EQ(total(law.landing[m]), paid);
    EXPECT_EQ(total(law.repeat[m][0]), home[0]);
    EXPECT_EQ(total(law.repeat[m][1]), home[1]);
    EXPECT_EQ(total(law.product[m][0]) + total(law.product[m][1]) + total(law.product[m][2]),
              viewers);
    EXPECT_EQ(total(law.billing[m]), billed);
  }
  EXPECT_EQ(total(law.hour[0]) + total(law.hour[1]), shop_sessions);
}

TEST(ShopLaw, TheNullShopKnowsNothing) {
  const ShopLaw law = shop_law(ShopKind::null);
  for (std::size_t m = 0; m < shop_months; ++m) {
    const double months = law.sessions.row_sum(m);
    EXPECT_NEAR(law.sessions.at(m, 6) / months, 32313.0 / shop_sessions, 1e-12);
    for (std::size_t d = 1; d < shop_depths; ++d) {
      EXPECT_EQ(law.channel[m][d], law.channel[m][0]);
      EXPECT_EQ(law.device[m][d], law.device[m][0]);
    }
    EXPECT_EQ(law.product[m][2], law.product[m][0]);
    EXPECT_EQ(law.repeat[m][1], law.repeat[m][0]);
  }
  EXPECT_EQ(law.hour[1], law.hour[0]);
}

}  // namespace
}  // namespace rarewood

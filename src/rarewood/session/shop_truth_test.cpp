#include "rarewood/session/shop_truth.hpp"

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

/// Sums of the told probabilities against what happened, in ten groups by probability: the largest
/// deviation in standard errors.
double calibration_error(const Shop& shop, const std::string& column) {
  const auto& told =
      static_cast<const arrow::DoubleArray&>(*shop.truth->GetColumnByName(column)->chunk(0));
  std::vector<std::uint8_t> ordered(static_cast<std::size_t>(told.length()));
  for (const std::int64_t id : whole(*shop.orders, "website_session_id")) {
    ordered.at(static_cast<std::size_t>(id - 1)) = 1;
  }
  std::vector<std::pair<double, std::size_t>> rows;  // equal ones stay in order of time
  for (std::int64_t i = 0; i < told.length(); ++i) {
    if (!told.IsNull(i)) rows.emplace_back(told.Value(i), static_cast<std::size_t>(i));
  }
  std::sort(rows.begin(), rows.end());
  double worst = 0;
  for (std::size_t part = 0; part < 10; ++part) {
    double difference = 0, variance = 0.01;
    for (std::size_t i = rows.size() * part / 10; i < rows.size() * (part + 1) / 10; ++i) {
      const auto [probability, session] = rows[i];
      difference += ordered[session] - probability;
      variance += probability * (1 - probability);
    }
    worst = std::max(worst, std::abs(difference) / std::sqrt(variance));
  }
  return worst;
}

const std::array<std::string, 5> truths{"p_start", "p_5min", "p_8min", "p_10min", "p_12min"};

TEST(ShopTruth, IsTrueAtFullSize) {
  const Shop shop = shop_of({});
  for (const std::string& column : truths) EXPECT_LT(calibration_error(shop, column), 4) << column;
}

TEST(ShopTruth, IsTrueInOddShops) {
  for (const SampleOptions& options :
       {SampleOptions{.sessions = 60000, .seed = 2, .shop = ShopKind::null},
        SampleOptions{.sessions = 60000, .seed = 3, .shop = ShopKind::shifted},
        SampleOptions{.sessions = 60000, .seed = 4, .gaps = GapKind::long_tailed},
        SampleOptions{.sessions = 60000, .seed = 5, .reload_rate = 0.05, .bot_rate = 0.02}}) {
    const Shop shop = shop_of(options);
    for (const std::string& column : truths) {
      EXPECT_LT(calibration_error(shop, column), 4) << column << " seed " << options.seed;
    }
  }
}

}  // namespace
}  // namespace rarewood

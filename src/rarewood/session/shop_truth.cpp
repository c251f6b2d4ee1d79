#include "rarewood/session/shop_truth.hpp"

#include <array>
#include <limits>
#include <numeric>

namespace rarewood {
namespace {

using Weights = std::array<double, shop_depths>;

/// Weight of each final depth: prior by month, times the share of the visit's cards in its decks.
Weights depth_weights(const ShopLaw& law, const Visit& visit) {
  const std::size_t m = visit.month;
  Weights weights{};
  for (std::size_t d = 0; d < shop_depths; ++d) {
    const bool ordered = d + 1 == shop_depths;
    double weight = law.sessions.at(m, d) * deck_share(law.channel[m][d], visit.channel) *
                    deck_share(law.hour[ordered], visit.hour);
    if (!is_social(visit.channel)) weight *= deck_share(law.device[m][d], visit.device);
    if (channel_facts()[visit.channel].lands_at_home) {
      weight *= deck_share(law.repeat[m][ordered], visit.repeat);
    }
    weights[d] = weight;
  }
  return weights;
}

/// Which product it is tells how far the visit may go.
void weigh_product(const ShopLaw& law, const Visit& visit, Weights& weights) {
  for (std::size_t d = 2; d < shop_depths; ++d) {
    const auto stage = static_cast<std::size_t>(product_stage(d + 1));
    weights[d] *= deck_share(law.product[visit.month][stage], visit.product);
  }
}

double order_share(const ShopLaw& law, const Visit& visit, Weights weights) {
  const double kept = law.orders_kept[visit.month];
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  return sum > 0 ? weights.back() * kept / sum : 0;
}

}  // namespace

double order_probability(const ShopLaw& law, const Visit& visit) {
  return order_share(law, visit, depth_weights(law, visit));
}

double order_probability_at(const ShopLaw& law, const GapLaw& gaps, const Visit& visit,
                            std::int64_t seconds) {
  std::size_t seen = 1;
  std::int64_t silent = seconds;
  while (seen < visit.depth && visit.gap[seen - 1] <= silent) {
    silent -= visit.gap[seen - 1];
    ++seen;
  }
  if (seen == shop_depths) return std::numeric_limits<double>::quiet_NaN();
  Weights weights = depth_weights(law, visit);
  if (seen >= 3) weigh_product(law, visit, weights);
  // Who ends at billing because the order was given up shows no page where one was due.
  const double given_up = weights.back() * (1 - law.orders_kept[visit.month]);
  const double silence = gaps.survival(seen - 1, silent);
  for (std::size_t d = 0; d < shop_depths; ++d) {
    if (d + 1 < seen) weights[d] = 0;
    if (d + 1 > seen) weights[d] *= silence;
  }
  const double orders = weights.back() * law.orders_kept[visit.month];
  double all = std::accumulate(weights.begin(), weights.end() - 1, 0.0) + orders;
  all += seen == shop_depths - 1 ? given_up : given_up * silence;
  return all > 0 ? orders / all : 0;
}

}  // namespace rarewood

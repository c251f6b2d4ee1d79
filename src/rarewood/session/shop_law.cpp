#include "rarewood/session/shop_law.hpp"

#include <cmath>
#include <numeric>

#include "rarewood/session/shop_channels.hpp"

namespace rarewood {
namespace {

constexpr std::size_t M = shop_months;

Deck deck_of(const Grid& grid, std::size_t row) {
  Deck deck;
  for (std::size_t c = 0; c < grid.columns; ++c) {
    deck.push_back(static_cast<std::uint32_t>(grid.at(row, c)));
  }
  return deck;
}

void deal_channels(ShopLaw& law, const ChannelTable& table) {
  for (std::size_t m = 0; m < M; ++m) {
    for (std::size_t d = 0; d < shop_depths; ++d) {
      const Deck channel = deck_of(table.channels[d], m);
      const auto mobile = static_cast<std::uint32_t>(table.mobile.at(m, d));
      const auto all = static_cast<std::uint32_t>(table.sessions.at(m, d));
      law.channel[m][d] = channel;
      law.device[m][d] = {all - mobile - channel[social_targeted], mobile - channel[social_pilot]};
    }
  }
}

/// Visitors who land at home in one month: those who order and the others.
std::array<double, 2> home_visitors(const ShopLaw& law, std::size_t m) {
  std::array<double, 2> visitors{};
  for (std::size_t d = 0; d < shop_depths; ++d) {
    for (std::size_t ch = 0; ch < shop_channels; ++ch) {
      if (channel_facts()[ch].lands_at_home) visitors[d == 6] += law.channel[m][d][ch];
    }
  }
  return visitors;
}

void deal_returns(ShopLaw& law) {
  std::array<std::vector<double>, 2> visitors;
  for (std::size_t m = 0; m < M; ++m) {
    for (const std::size_t o : {0U, 1U}) visitors[o].push_back(home_visitors(law, m)[o]);
  }
  const std::array totals{repeat_sessions - repeat_orders, repeat_orders};
  for (const std::size_t o : {0U, 1U}) {
    const auto returned = largest_remainder(totals[o], visitors[o]);
    for (std::size_t m = 0; m < M; ++m) {
      const auto all = static_cast<std::uint32_t>(visitors[o][m]);
      const auto again = static_cast<std::uint32_t>(returned[m]);
      law.repeat[m][o] = {all - again, again};
    }
  }
}

void deal_landings(ShopLaw& law) {
  for (std::size_t m = 0; m < M; ++m) {
    const auto at_home = home_visitors(law, m);
    const auto& landings = month_facts()[m].landings;
    law.landing[m].assign(landings.begin(), landings.end());
    law.landing[m][0] -= static_cast<std::uint32_t>(at_home[0] + at_home[1]);
  }
}

/// Conversion rises to its best hour and falls again like a cosine.
void deal_hours(ShopLaw& law) {
  const std::vector<double> weights(hour_share.begin(), hour_share.end());
  const auto sessions = largest_remainder(shop_sessions, weights);
  const double orders = law.sessions.column_sum(6);
  std::vector<double> fall(24);
  double all = 0, weighted = 0;
  for (std::size_t h = 0; h < 24; ++h) {
    const double angle = (static_cast<double>(h) - static_cast<double>(best_hour)) / 12 * M_PI;
    fall[h] = 1 - std::cos(angle);
    all += static_cast<double>(sessions[h]);
    weighted += fall[h] * static_cast<double>(sessions[h]);
  }
  const double depth = (best_hour_conversion * all - orders) / weighted;
  std::vector<double> expected;
  for (std::size_t h = 0; h < 24; ++h) {
    expected.push_back(static_cast<double>(sessions[h]) * (best_hour_conversion - depth * fall[h]));
  }
  const auto ordering = largest_remainder(static_cast<std::uint64_t>(orders), expected);
  for (std::size_t h = 0; h < 24; ++h) {
    law.hour[0].push_back(static_cast<std::uint32_t>(sessions[h] - ordering[h]));
    law.hour[1].push_back(static_cast<std::uint32_t>(ordering[h]));
  }
}

/// Products by month and by what became of the session: views by month, carts and orders in total.
void deal_products(ShopLaw& law) {
  Grid views(M, shop_products);
  std::vector<double> orders, carts;
  for (std::size_t m = 0; m < M; ++m) {
    for (std::size_t p = 0; p < shop_products; ++p) {
      views.at(m, p) = month_facts()[m].product_views[p];
    }
    orders.push_back(law.sessions.at(m, 6));
    carts.push_back(law.sessions.at(m, 3) + law.sessions.at(m, 4) + law.sessions.at(m, 5));
  }
  const Grid ordering = fit_to_margins(views, orders, product_orders, views.cells);
  Grid left = views;
  std::vector<double> given_up;
  for (std::size_t i = 0; i < left.cells.size(); ++i) left.cells[i] -= ordering.cells[i];
  for (std::size_t p = 0; p < shop_products; ++p) {
    given_up.push_back(product_carts[p] - product_orders[p]);
  }
  const Grid in_cart = fit_to_margins(left, carts, given_up, left.cells);
  for (std::size_t i = 0; i < left.cells.size(); ++i) left.cells[i] -= in_cart.cells[i];
  for (std::size_t m = 0; m < M; ++m) {
    law.product[m] = {deck_of(left, m), deck_of(in_cart, m), deck_of(ordering, m)};
  }
}

Deck together(const Deck& a, const Deck& b) {
  Deck sum = a;
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += b[i];
  return sum;
}

/// One deck for all: what it deals tells nothing of the group it is dealt to.
template <typename Decks>
void merge_decks(Decks& decks) {
  Deck sum(decks.front().size(), 0);
  for (const Deck& deck : decks) sum = together(sum, deck);
  for (Deck& deck : decks) deck = sum;
}

void forget_everything(ShopLaw& law) {
  const std::vector<double> depths = law.sessions.column_sums();
  const std::vector<double> months = law.sessions.row_sums();
  const auto all = static_cast<double>(shop_sessions);
  for (std::size_t m = 0; m < M; ++m) {
    for (std::size_t d = 0; d < shop_depths; ++d) {
      law.sessions.at(m, d) = months[m] * depths[d] / all;
    }
    merge_decks(law.channel[m]);
    merge_decks(law.device[m]);
    merge_decks(law.repeat[m]);
    merge_decks(law.product[m]);
  }
  merge_decks(law.hour);
}

}  // namespace

std::uint64_t deck_size(const Deck& deck) {
  return std::accumulate(deck.begin(), deck.end(), std::uint64_t{0});
}

double deck_share(const Deck& deck, std::size_t value) {
  const std::uint64_t size = deck_size(deck);
  return size == 0 ? 0 : static_cast<double>(deck[value]) / static_cast<double>(size);
}

ProductStage product_stage(std::size_t depth) {
  if (depth == shop_depths) return ProductStage::ordered;
  return depth > 3 ? ProductStage::cart : ProductStage::looked;
}

ShopLaw shop_law(ShopKind kind) {
  ShopLaw law;
  const ChannelTable table = channel_table();
  law.sessions = table.sessions;
  deal_channels(law, table);
  deal_returns(law);
  deal_landings(law);
  deal_hours(law);
  deal_products(law);
  for (std::size_t m = 0; m < M; ++m) {
    law.billing[m] = {month_facts()[m].billing[0], month_facts()[m].billing[1]};
    law.orders_kept[m] = kind == ShopKind::shifted && month_facts()[m].year == 2015 ? 0.5 : 1;
  }
  if (kind == ShopKind::null) forget_everything(law);
  return law;
}

}  // namespace rarewood

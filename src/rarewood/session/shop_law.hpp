#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "rarewood/session/margins.hpp"
#include "rarewood/session/sample_options.hpp"
#include "rarewood/session/shop_facts.hpp"

namespace rarewood {

/// A deck of cards: how many of each value. Dealt without replacement, so that what is dealt out
/// completely meets its totals exactly.
using Deck = std::vector<std::uint32_t>;

std::uint64_t deck_size(const Deck& deck);
double deck_share(const Deck& deck, std::size_t value);  ///< 0 for an empty deck

/// What a page-3 session goes on to do.
enum class ProductStage { looked, cart, ordered };
inline constexpr std::size_t product_stages = 3;
ProductStage product_stage(std::size_t depth);  ///< final depth, 3 to 7

/// The law of the simulated shop: sessions by month and final depth, and for each such group decks
/// of everything else. Given month and depth, channel, device, return, hour and product are dealt
/// independently (but that the two social campaigns know their device), so the probability of an
/// order given whatever is seen of a session has a closed form (shop_truth.hpp).
struct ShopLaw {
  template <typename T>
  using ByGroup = std::array<std::array<T, shop_depths>, shop_months>;  ///< [month][depth - 1]

  Grid sessions{shop_months, shop_depths};  ///< weights; at full size the counts
  ByGroup<Deck> channel;
  ByGroup<Deck> device;  ///< desktop, mobile; of sessions that do not come from social
  std::array<Deck, shop_months> landing;  ///< of sessions whose channel does not land at home
  std::array<std::array<Deck, 2>, shop_months>
      repeat;                ///< [ordered]: new, repeat; of those that do
  std::array<Deck, 2> hour;  ///< [ordered]
  std::array<std::array<Deck, product_stages>, shop_months> product;
  std::array<Deck, shop_months> billing;  ///< /billing, /billing-2
  std::array<double, shop_months>
      orders_kept;  ///< share of orders that are not given up at billing
};

/// \throws Error(bug) if the embedded facts contradict each other.
ShopLaw shop_law(ShopKind kind);

}  // namespace rarewood

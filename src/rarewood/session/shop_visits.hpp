#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/session/gap_law.hpp"
#include "rarewood/session/shop_law.hpp"

namespace rarewood {

/// One simulated session.
struct Visit {
  std::int64_t start = 0;  ///< UTC seconds of its first page view
  std::int64_t user = 0;
  std::array<std::uint16_t, 6> gap{};  ///< seconds to the next page; 0 behind the last one
  std::uint8_t month = 0;              ///< 0 = March 2012
  std::uint8_t depth = 1;              ///< final number of pages, 1 to 7
  std::uint8_t meant_depth = 1;        ///< before a shifted shop took its order away
  std::uint8_t channel = 0;
  std::uint8_t device = 0;   ///< 0 desktop, 1 mobile
  std::uint8_t landing = 0;  ///< 0 = /home, 1 = /lander-1, ...
  std::uint8_t repeat = 0;
  std::uint8_t product = 0;  ///< from the third page on
  std::uint8_t billing = 0;  ///< from the sixth page on: 0 = /billing, 1 = /billing-2
  std::uint8_t hour = 0;
  std::uint8_t bot_pages = 0;  ///< 0: a person; else the number of pages a bot opens

  bool ordered() const { return depth == shop_depths; }
};

/// The visits in order of their start; equal ones stay in the order they are in.
std::vector<Visit> by_start(const std::vector<Visit>& visits);

/// Deal `sessions` visits from the law, in order of time, with their users.
///
/// Months and depths get their shares by largest remainder, everything else is dealt from the
/// decks. At full size every deck is dealt out. The same for any number of threads.
std::vector<Visit> deal_visits(const ShopLaw& law, const GapLaw& gaps, std::uint64_t sessions,
                               std::uint64_t seed, const Control& control);

}  // namespace rarewood

#pragma once

#include <cstdint>

#include "rarewood/option/option.hpp"

namespace rarewood {

enum class ShopKind {
  usual,    ///< every published total and monthly structure
  null,     ///< months, sources, devices, users, products and hours tell nothing of the order
  shifted,  ///< the usual one, but from 2015 on half of the orders are given up at billing
};

enum class GapKind {
  uniform,     ///< between the published shortest and longest times
  long_tailed  ///< the same middle, but some pages only after an hour
};

/// What the simulated shop is like.
struct SampleOptions {
  std::int64_t sessions = 472'871;
  std::int64_t seed = 42;  ///< another seed, another shop of the same law; not of the table
  ShopKind shop = ShopKind::usual;
  GapKind gaps = GapKind::uniform;
  double reload_rate = 0;     ///< of page views: seen again within seconds
  double bot_rate = 0;        ///< bots per session, on top of the sessions
  double duplicate_rate = 0;  ///< of page view rows: written twice
  double late_rate = 0;       ///< of page views: arrived up to an hour later, with a later id
};

/// Group "sample".
OptionTable<SampleOptions> sample_options();

}  // namespace rarewood

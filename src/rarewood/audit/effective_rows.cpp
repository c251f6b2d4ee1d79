#include "rarewood/audit/effective_rows.hpp"

#include <algorithm>
#include <cmath>

namespace rarewood {

Trials trials_of(const RowShare& share, double effect) {
  return {static_cast<double>(share.k) / effect, static_cast<double>(share.n) / effect};
}

RowShare fewer_rows(const RowShare& share, double effect) {
  const Trials trials = trials_of(share, effect);
  const auto n = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(std::llround(trials.n)));
  return {std::min(n, static_cast<std::uint64_t>(std::llround(trials.k))), n};
}

DesignEffects effects_of(double at_training, double now, const AlikeEffects& alike) {
  if (at_training == 0) return {now, now};
  if (alike.before <= 1) return {at_training, now};
  const double correlation = std::min(1.0, (at_training - 1) / (alike.before - 1));
  return {at_training, std::max(now, 1 + correlation * (alike.after - 1))};
}

}  // namespace rarewood

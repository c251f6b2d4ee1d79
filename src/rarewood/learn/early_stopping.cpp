#include "rarewood/learn/early_stopping.hpp"

#include <algorithm>
#include <cmath>

#include "rarewood/pattern/urn.hpp"

namespace rarewood {
namespace {

/// Rows of a class that are held out: at least one, and not all.
Urn urn_of(std::uint64_t rows, double share) {
  const auto rounded = static_cast<std::uint64_t>(std::llround(static_cast<double>(rows) * share));
  return {rows, std::clamp<std::uint64_t>(rounded, 1, rows - 1)};
}

void add(std::vector<PatternCount>& counts, const PatternCount& count) {
  if (count.rows() > 0) counts.push_back(count);
}

}  // namespace

HeldOut hold_out(const FitPart& part, double share, std::uint64_t seed) {
  std::vector<PatternCount> counts = part.counts();
  std::erase_if(counts, [](const PatternCount& count) { return count.weight == 0; });
  const ClassTotals totals = class_totals(counts);
  if (totals.n0 < 2 || totals.n1 < 2) {
    throw Error(ErrorKind::data,
                "Early stopping holds rows of each class out and needs two of each that weigh "
                "anything. Leave "
                "--early-stopping-rounds out or give it more rows.");
  }
  Random random(seed, "held out");
  Urn negatives = urn_of(totals.n0, share);
  Urn positives = urn_of(totals.n1, share);
  HeldOut parts;
  for (const PatternCount& count : counts) {
    const std::uint32_t n0 = negatives.take(random, count.n0);
    const PatternCount watched{count.pattern, n0, positives.take(random, count.n1), count.weight};
    add(parts.watched, watched);
    add(parts.fit, {count.pattern, count.n0 - watched.n0, count.n1 - watched.n1, count.weight});
  }
  return parts;
}

int best_rounds(const StoppingRule& rule, const std::function<double(int)>& round) {
  int best = 0;
  double best_value = 0;
  for (int i = 0; i < rule.most_rounds; ++i) {
    const double value = round(i);
    if (i == 0 || (rule.larger_is_better ? value > best_value : value < best_value)) {
      best = i;
      best_value = value;
    }
    if (i - best >= rule.patience) break;
  }
  return best + 1;
}

}  // namespace rarewood

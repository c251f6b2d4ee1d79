#include "rarewood/learn/early_stopping.hpp"

#include <algorithm>
#include <cmath>

#include "rarewood/base/random.hpp"

namespace rarewood {
namespace {

/// An urn of one class's rows, of which a given number is to be taken.
class Urn {
 public:
  Urn(std::uint64_t rows, double share, Random random)
      : random_(random), rows_(rows), wanted_(wanted(rows, share)) {}

  /// How many of the next `rows` alike rows are taken.
  std::uint32_t take(std::uint32_t rows) {
    const std::uint64_t taken = draw_hypergeometric(random_, wanted_, rows_, rows);
    rows_ -= rows;
    wanted_ -= taken;
    return static_cast<std::uint32_t>(taken);
  }

 private:
  static std::uint64_t wanted(std::uint64_t rows, double share) {
    const auto rounded =
        static_cast<std::uint64_t>(std::llround(static_cast<double>(rows) * share));
    return std::clamp<std::uint64_t>(rounded, 1, rows - 1);
  }

  Random random_;
  std::uint64_t rows_;
  std::uint64_t wanted_;
};

void add(std::vector<PatternCount>& counts, const PatternCount& count) {
  if (count.n0 + std::uint64_t{count.n1} > 0) counts.push_back(count);
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
  Urn negatives(totals.n0, share, Random(seed, "held out negatives"));
  Urn positives(totals.n1, share, Random(seed, "held out positives"));
  HeldOut parts;
  for (const PatternCount& count : counts) {
    const PatternCount watched{count.pattern, negatives.take(count.n0), positives.take(count.n1),
                               count.weight};
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

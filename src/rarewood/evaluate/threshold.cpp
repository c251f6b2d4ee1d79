#include "rarewood/evaluate/threshold.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/evaluate/curve.hpp"
#include "rarewood/model/score.hpp"

namespace rarewood {
namespace {

__extension__ using Wide = unsigned __int128;

/// float32 values in order, as integers in order.
std::int32_t rank_of(float value) {
  const auto bits = std::bit_cast<std::int32_t>(value);
  return bits >= 0 ? bits : std::numeric_limits<std::int32_t>::min() - bits;
}

float value_at(std::int32_t rank) {
  return std::bit_cast<float>(rank >= 0 ? rank : std::numeric_limits<std::int32_t>::min() - rank);
}

/// The lowest float32 that is flagged, where flagged(x) turns from false to true once; the largest
/// float32 if it never does.
template <typename Flagged>
float lowest_flagged(const Flagged& flagged) {
  std::int32_t low = rank_of(std::numeric_limits<float>::lowest());
  std::int32_t high = rank_of(std::numeric_limits<float>::max());
  while (low < high) {
    const std::int32_t middle = low + static_cast<std::int32_t>((std::int64_t{high} - low) / 2);
    if (flagged(value_at(middle))) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return value_at(low);
}

/// Index of the point of best F1. F1 = 2 n1 / (flagged + positives), compared exactly as fractions.
std::size_t best_f1(const Curve& curve) {
  std::size_t best = 0;
  const auto flagged_and_true = [&](std::size_t i) {
    return Wide{curve.points[i].n0} + curve.points[i].n1 + curve.totals.n1;
  };
  for (std::size_t i = 1; i < curve.points.size(); ++i) {
    if (curve.points[i].n1 * flagged_and_true(best) > curve.points[best].n1 * flagged_and_true(i)) {
      best = i;
    }
  }
  return best;
}

ScoreList calibrated_list(const ScoreList& raw, const Calibrator& calibrator) {
  ScoreList list = raw;
  for (ScoreCount& entry : list) {
    entry.score = static_cast<double>(calibrated(calibrator, static_cast<float>(entry.score)));
  }
  return list;
}

/// Neighbours of a cut between calibrated scores: the raw scores just above and just below.
struct Gap {
  float lowest_flagged = std::numeric_limits<float>::max();
  float highest_other = std::numeric_limits<float>::lowest();
};

Gap gap_at(const ScoreList& raw, const Calibrator& calibrator, double cut) {
  Gap gap;
  for (const ScoreCount& entry : raw) {
    if (entry.n0 + entry.n1 == 0) continue;
    const auto score = static_cast<float>(entry.score);
    if (static_cast<double>(calibrated(calibrator, score)) >= cut) {
      gap.lowest_flagged = std::min(gap.lowest_flagged, score);
    } else {
      gap.highest_other = std::max(gap.highest_other, score);
    }
  }
  return gap;
}

}  // namespace

Threshold f1_threshold(const OofScores& scores, const Calibrator& calibrator) {
  const Curve curve = make_curve(calibrated_list(scores.list(), calibrator));
  if (curve.totals.n1 == 0) {
    throw Error(ErrorKind::data, "A threshold needs positive rows to be chosen on. Use more rows.");
  }
  const Gap gap = gap_at(scores.list(), calibrator, curve.points[best_f1(curve)].score);
  // Every row is flagged: the threshold stays at the lowest score seen.
  const bool all = gap.highest_other == std::numeric_limits<float>::lowest();
  const float half =
      all ? gap.lowest_flagged : gap.highest_other + (gap.lowest_flagged - gap.highest_other) / 2;
  // Where the map is so flat there that the half-way probability is the other side's, take ours.
  float at = calibrated(calibrator, half);
  if (!all && at <= calibrated(calibrator, gap.highest_other)) {
    at = calibrated(calibrator, gap.lowest_flagged);
  }
  const float raw = lowest_flagged([&](float x) { return calibrated(calibrator, x) >= at; });
  return {"f1", static_cast<double>(at), raw};
}

Threshold fixed_threshold(double probability, const Calibrator& calibrator) {
  if (!(probability > 0 && probability < 1)) {
    throw Error(ErrorKind::usage, "A threshold must lie between 0 and 1, not at " +
                                      shortest(probability) + ". Give f1 or a number such as 0.5.");
  }
  const float raw = lowest_flagged(
      [&](float x) { return static_cast<double>(calibrated(calibrator, x)) >= probability; });
  return {shortest(probability), probability, raw};
}

}  // namespace rarewood

#include "rarewood/evaluate/isotonic.hpp"

#include <algorithm>
#include <cmath>

#include "rarewood/evaluate/curve.hpp"
#include "rarewood/evaluate/score_axis.hpp"
#include "rarewood/model/score.hpp"

namespace rarewood {
namespace {

__extension__ using Wide = unsigned __int128;

double rows_of(const IsotonicBlock& block) { return static_cast<double>(block.n0 + block.n1); }

IsotonicBlock joined(const IsotonicBlock& left, const IsotonicBlock& right) {
  const double rows = rows_of(left) + rows_of(right);
  const double mean = left.mean + (right.mean - left.mean) * (rows_of(right) / rows);
  return {left.lowest, right.highest, mean, left.n0 + right.n0, left.n1 + right.n1};
}

/// True where the left rate is not below the right one.
bool violates(const IsotonicBlock& left, const IsotonicBlock& right) {
  return Wide{left.n1} * right.n0 >= Wide{right.n1} * left.n0;
}

bool is_large(const IsotonicBlock& block) {
  return block.n0 >= kFewestInBlock && block.n1 >= kFewestInBlock;
}

/// Joins from the lowest score up until each block is large; what is left at the end joins the
/// last. Joining neighbours keeps rates rising.
std::vector<IsotonicBlock> large_blocks(const std::vector<IsotonicBlock>& blocks) {
  std::vector<IsotonicBlock> large;
  std::optional<IsotonicBlock> open;
  for (const IsotonicBlock& block : blocks) {
    open = open ? joined(*open, block) : block;
    if (!is_large(*open)) continue;
    large.push_back(*open);
    open.reset();
  }
  if (open && !large.empty()) large.back() = joined(large.back(), *open);
  return large;
}

struct Knot {
  double x = 0;
  double y = 0;
};

double rise_between(const IsotonicBlock& left, const IsotonicBlock& right) {
  return (right.rate() - left.rate()) / (right.mean - left.mean);
}

/// How far beyond the scores that were seen the map still tells scores apart.
double end_of_scores(double outermost, bool upper, ScoreScale scale) {
  if (scale == ScoreScale::probability) return upper ? 1 : 0;
  return outermost + (upper ? 8 : -8);
}

/// From the centres outwards: to the outermost score seen, then to the end of scores, each time at
/// most half way to 0 or 1.
std::vector<Knot> knots_of(const std::vector<IsotonicBlock>& blocks, ScoreScale scale) {
  const IsotonicBlock& first = blocks.front();
  const IsotonicBlock& last = blocks.back();
  const double down = rise_between(first, blocks[1]) * (first.mean - first.lowest);
  const double up = rise_between(blocks[blocks.size() - 2], last) * (last.highest - last.mean);
  const double low = std::max(first.rate() - down, first.rate() / 2);
  const double high = std::min(last.rate() + up, (1 + last.rate()) / 2);
  const double lower_end = end_of_scores(first.lowest, false, scale);
  const double upper_end = end_of_scores(last.highest, true, scale);
  std::vector<Knot> knots;
  if (lower_end < first.lowest) knots.push_back({lower_end, low / 2});
  if (first.lowest < first.mean) knots.push_back({first.lowest, low});
  for (const IsotonicBlock& block : blocks) knots.push_back({block.mean, block.rate()});
  if (last.highest > last.mean) knots.push_back({last.highest, high});
  if (upper_end > last.highest) knots.push_back({upper_end, (1 + high) / 2});
  return knots;
}

/// Knots as float32; of those that fall together the higher probability stays.
Calibrator map_of(const std::vector<Knot>& knots) {
  Calibrator map{"isotonic", {}, {}};
  for (const Knot& knot : knots) {
    const auto x = static_cast<float>(knot.x);
    const auto y = static_cast<float>(knot.y);
    if (!map.x.empty() && x <= map.x.back()) {
      map.y.back() = y;
      continue;
    }
    map.x.push_back(x);
    map.y.push_back(y);
  }
  return map;
}

/// The map with all log-odds raised alike.
Calibrator raised(Calibrator map, double by) {
  for (float& y : map.y) {
    const auto p = static_cast<double>(y);
    y = static_cast<float>(sigmoid(std::log(p / (1 - p)) + by));
  }
  return map;
}

/// Lines between the centres of a bent curve lie on its inner side: raised or lowered until the
/// mean probability is the share of positive rows again, by Newton's method.
Calibrator with_mean_kept(const Calibrator& map, const ScoreList& list) {
  const ClassTotals totals = class_totals(list);
  const double rows = static_cast<double>(totals.rows());
  Calibrator kept = map;
  double by = 0;
  for (int round = 0; round < 8; ++round) {
    double sum = 0;
    double rise = 0;
    for (const ScoreCount& entry : list) {
      const auto p = static_cast<double>(calibrated(kept, static_cast<float>(entry.score)));
      const double n = static_cast<double>(entry.n0 + entry.n1);
      sum += n * p;
      rise += n * p * (1 - p);
    }
    const double off = sum / rows - totals.base_rate();
    if (std::abs(off) < 1e-7 * totals.base_rate()) break;
    by -= off * rows / rise;
    kept = raised(map, by);
  }
  return kept;
}

}  // namespace

std::vector<IsotonicBlock> isotonic_blocks(const ScoreList& scores) {
  std::vector<IsotonicBlock> blocks;
  for (const ScoreCount& entry : merged(scores)) {
    IsotonicBlock block{entry.score, entry.score, entry.score, entry.n0, entry.n1};
    while (!blocks.empty() && violates(blocks.back(), block)) {
      block = joined(blocks.back(), block);
      blocks.pop_back();
    }
    blocks.push_back(block);
  }
  return blocks;
}

std::optional<Calibrator> fit_isotonic(const OofScores& scores) {
  for (const ScoreCount& entry : scores.list()) check_raw_score(entry.score, scores.scale());
  const std::vector<IsotonicBlock> blocks = large_blocks(isotonic_blocks(scores.list()));
  if (blocks.size() < 2) return std::nullopt;
  return with_mean_kept(map_of(knots_of(blocks, scores.scale())), merged(scores.list()));
}

}  // namespace rarewood

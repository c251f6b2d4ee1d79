#include "rarewood/evaluate/score_runs.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "rarewood/evaluate/threshold_figure.hpp"

namespace rarewood {
namespace {

/// What flagging some rows of an entry adds to the cost.
double change_of(const EntryBlocks::Part& part, double own_cost, const ThresholdRule& rule) {
  const auto change = [&](bool positive) {
    return terms_of(rule, {positive, true, own_cost}).part -
           terms_of(rule, {positive, false, own_cost}).part;
  };
  return static_cast<double>(part.n0) * change(false) + static_cast<double>(part.n1) * change(true);
}

}  // namespace

ScoreRuns score_runs(const Curve& curve) {
  constexpr double kRuns = 1024;
  ScoreRuns runs;
  CurvePoint before{0, 0, 0, curve.cost_of_nobody, 0};
  double begin = -1;
  for (const CurvePoint& point : curve.points) {
    const double place = kRuns / 2 *
                         (static_cast<double>(point.n0) /
                              static_cast<double>(std::max<std::uint64_t>(curve.totals.n0, 1)) +
                          static_cast<double>(point.n1) / static_cast<double>(curve.totals.n1));
    const bool fresh = begin < 0 || place - begin > 1;
    if (fresh) {
      begin = place;
      runs.score.push_back(point.score);
      runs.n0.push_back(0);
      runs.n1.push_back(0);
      runs.change.push_back(0);
      runs.spread.push_back(0);
    }
    runs.score.back() = point.score;
    runs.n0.back() += point.n0 - before.n0;
    runs.n1.back() += point.n1 - before.n1;
    runs.change.back() += point.cost - before.cost;
    runs.spread.back() += point.squares - before.squares;
    before = point;
  }
  for (std::size_t r = 0; r < runs.spread.size(); ++r) {
    runs.spread[r] = std::copysign(std::sqrt(runs.spread[r]), runs.change[r]);
  }
  return runs;
}

RunsOfSets runs_of_sets(const ScoreRuns& runs, const ScoreList& list, const EntryBlocks& blocks,
                        const ThresholdRule& rule) {
  constexpr std::size_t kMostSets = 128;
  RunsOfSets sets{std::min(kMostSets, blocks.blocks()), {}, {}, {}};
  const std::size_t places = sets.sets * runs.runs();
  sets.n0.resize(places);
  sets.n1.resize(places);
  if (rule.costs.differ_by_row()) sets.change.resize(places);
  std::vector<std::size_t> run_of;  // [entries]
  run_of.reserve(list.size());
  for (const ScoreCount& entry : list) {
    const auto run =
        std::lower_bound(runs.score.begin(), runs.score.end(), entry.score, std::greater<>());
    run_of.push_back(static_cast<std::size_t>(run - runs.score.begin()));
  }
  for (std::size_t b = 0; b < blocks.blocks(); ++b) {
    const std::size_t first = (b % sets.sets) * runs.runs();
    for (const EntryBlocks::Part& part : blocks.of_block(b)) {
      const std::size_t place = first + run_of[part.entry];
      sets.n0[place] += part.n0;
      sets.n1[place] += part.n1;
      if (sets.change.empty()) continue;
      sets.change[place] += change_of(part, list[part.entry].cost, rule);
    }
  }
  return sets;
}

}  // namespace rarewood

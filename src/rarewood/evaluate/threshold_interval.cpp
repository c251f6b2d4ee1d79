#include "rarewood/evaluate/threshold_interval.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <memory>

#include "rarewood/base/parallel.hpp"
#include "rarewood/evaluate/count_draws.hpp"
#include "rarewood/evaluate/score_axis.hpp"
#include "rarewood/evaluate/score_runs.hpp"
#include "rarewood/evaluate/threshold_cut.hpp"
#include "rarewood/evaluate/threshold_figure.hpp"
#include "rarewood/model/score.hpp"

namespace rarewood {
namespace {

using Counts = std::vector<std::uint64_t>;

/// A function that draws may be copied; its tables stay where they are.
std::shared_ptr<const CountDraws> shared(const Counts& rows) {
  return std::make_shared<const CountDraws>(rows);
}

/// Draws the rows of each run. \return whether there is a positive row among them
using DrawRuns = std::function<bool(Random& random, Counts& n0, Counts& n1)>;

/// Rows one by one.
DrawRuns by_row(const ScoreRuns& runs) {
  return [of0 = shared(runs.n0), of1 = shared(runs.n1)](Random& random, Counts& n0, Counts& n1) {
    of0->draw(random, n0);
    return of1->draw(random, n1) > 0;
  };
}

/// Whole sets: how often each is drawn holds for all its rows.
DrawRuns by_set(const RunsOfSets& sets) {
  return [&sets, of = shared(Counts(sets.sets, 1))](Random& random, Counts& n0, Counts& n1) {
    Counts times(sets.sets);
    of->draw(random, times);
    std::fill(n0.begin(), n0.end(), 0);
    std::fill(n1.begin(), n1.end(), 0);
    for (std::size_t set = 0; set < sets.sets; ++set) {
      if (times[set] == 0) continue;
      const std::uint32_t* of0 = &sets.n0[set * n0.size()];
      const std::uint32_t* of1 = &sets.n1[set * n1.size()];
      for (std::size_t run = 0; run < n0.size(); ++run) n0[run] += times[set] * of0[run];
      for (std::size_t run = 0; run < n1.size(); ++run) n1[run] += times[set] * of1[run];
    }
    return std::ranges::any_of(n1, [](std::uint64_t n) { return n > 0; });
  };
}

/// Draws what flagging each run adds to the cost.
using DrawChanges = std::function<void(Random& random, std::vector<double>& change)>;

/// Of rows that are drawn Poisson numbers of times a sum has the mean `change` and the variance
/// spread^2, and so has one number for the whole run.
DrawChanges changes_by_row(const ScoreRuns& runs) {
  return [&runs, of = shared(Counts(runs.runs(), 1))](Random& random, std::vector<double>& change) {
    Counts times(runs.runs());
    of->draw(random, times);
    for (std::size_t run = 0; run < times.size(); ++run) {
      change[run] = runs.change[run] + runs.spread[run] * (static_cast<double>(times[run]) - 1);
    }
  };
}

DrawChanges changes_by_set(const RunsOfSets& sets) {
  return [&sets, of = shared(Counts(sets.sets, 1))](Random& random, std::vector<double>& change) {
    Counts times(sets.sets);
    of->draw(random, times);
    std::fill(change.begin(), change.end(), 0);
    for (std::size_t set = 0; set < sets.sets; ++set) {
      for (std::size_t run = 0; run < change.size(); ++run) {
        change[run] += static_cast<double>(times[set]) * sets.change[set * change.size() + run];
      }
    }
  };
}

/// Where costs are lowest in each draw.
std::vector<double> lowest_costs(const ScoreRuns& runs, const DrawChanges& draw_changes,
                                 const BootstrapPlan& plan, const Control& control) {
  std::vector<double> drawn(plan.draws);
  parallel_for(control, plan.draws, [&](std::size_t draw) {
    Random random(plan.seed, "threshold", draw);
    std::vector<double> change(runs.runs());
    draw_changes(random, change);
    double cost = 0;
    double lowest = 0;
    drawn[draw] = nobody_score();
    for (std::size_t run = 0; run < change.size(); ++run) {
      cost += change[run];
      if (cost >= lowest) continue;
      lowest = cost;
      drawn[draw] = runs.score[run];
    }
  });
  return drawn;
}

Curve curve_of(const ScoreRuns& runs, const Counts& n0, const Counts& n1) {
  Curve curve;
  for (std::size_t run = 0; run < runs.runs(); ++run) {
    if (n0[run] + n1[run] == 0) continue;
    curve.totals.n0 += n0[run];
    curve.totals.n1 += n1[run];
    curve.points.push_back({runs.score[run], curve.totals.n0, curve.totals.n1});
  }
  return curve;
}

std::vector<double> best_scores(const ScoreRuns& runs, const DrawRuns& draw_runs,
                                const ThresholdRule& rule, const BootstrapPlan& plan,
                                const Control& control) {
  std::vector<double> drawn(plan.draws, std::numeric_limits<double>::quiet_NaN());
  constexpr std::uint64_t kBatch = 32;  // draws that share their arrays
  parallel_for(control, (plan.draws + kBatch - 1) / kBatch, [&](std::size_t batch) {
    Counts n0(runs.runs());
    Counts n1(runs.runs());
    const std::uint64_t end = std::min<std::uint64_t>(plan.draws, (batch + 1) * kBatch);
    for (std::uint64_t draw = batch * kBatch; draw < end; ++draw) {
      Random random(plan.seed, "threshold", draw);
      if (!draw_runs(random, n0, n1)) continue;
      const Curve curve = with_nobody(rule, curve_of(runs, n0, n1));
      const std::size_t best =
          rule.is_best_of_a_figure() ? best_point(rule, curve) : cut_by(rule, curve).point;
      drawn[draw] = curve.points[best].score;
    }
  });
  std::erase_if(drawn, [](double score) { return std::isnan(score); });
  return drawn;
}

}  // namespace

Interval threshold_interval(const ScoredByGroup& rows, const Calibrator& calibrator,
                            const ThresholdRule& rule, const BootstrapPlan& plan,
                            const Control& control) {
  const ScoreList list = calibrated_list(rows.scores.list(), calibrator);
  const ScoreRuns runs = score_runs(with_costs(rule, list, make_curve(list)));
  const bool grouped = !rows.by_group.empty();
  const RunsOfSets sets = grouped ? runs_of_sets(runs, list, rows.by_group, rule) : RunsOfSets{};
  if (rule.costs.differ_by_row()) {
    return percentile_interval(
        lowest_costs(runs, grouped ? changes_by_set(sets) : changes_by_row(runs), plan, control));
  }
  return percentile_interval(
      best_scores(runs, grouped ? by_set(sets) : by_row(runs), rule, plan, control));
}

Interval figure_interval(const ThresholdRule& rule, const Confusion& confusion,
                         const BootstrapPlan& plan) {
  const CountDraws draws({confusion.true_negative, confusion.false_positive,
                          confusion.false_negative, confusion.true_positive});
  std::vector<double> figures;
  std::vector<std::uint64_t> n(4);
  for (std::uint64_t draw = 0; draw < plan.draws; ++draw) {
    Random random(plan.seed, "threshold figure", draw);
    if (draws.draw(random, n) > 0) figures.push_back(figure_of(rule, {n[0], n[1], n[2], n[3]}));
  }
  return percentile_interval(std::move(figures));
}

}  // namespace rarewood

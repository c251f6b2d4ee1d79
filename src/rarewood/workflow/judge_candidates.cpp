#include "rarewood/workflow/judge_candidates.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <memory>

#include "rarewood/base/parallel.hpp"
#include "rarewood/evaluate/comparison.hpp"
#include "rarewood/evaluate/distribution.hpp"
#include "rarewood/evaluate/interval.hpp"
#include "rarewood/evaluate/threshold_figure.hpp"
#include "rarewood/report/console_style.hpp"
#include "rarewood/workflow/timed_fits.hpp"

namespace rarewood {
namespace {

/// The figure that decides.
struct Criterion {
  ThresholdRule rule;  ///< whose figure it is, where `metric` is null
  const MetricInfo* metric = nullptr;

  std::string name() const { return metric != nullptr ? metric->name : figure_name(rule); }
  double of(const Contestant& contestant, const Metrics& metrics) const {
    if (metric != nullptr) return metrics.*metric->value;
    return sums_of(rule, contestant.probabilities, contestant.flags).ratio();
  }
  bool higher_is_better() const {
    return metric != nullptr ? metric->higher_is_better : rarewood::higher_is_better(rule);
  }
};

Criterion criterion_of(const JudgePlan& plan) {
  const ThresholdRule rule = judging_rule(plan.decision.rule);
  const std::string name = plan.by == "rule" ? figure_name(rule) : plan.by;
  const auto* const metric =
      std::ranges::find_if(kMetrics, [&](const auto& each) { return each.name == name; });
  return {rule, metric == kMetrics.end() ? nullptr : metric};
}

/// All that the record has of every candidate, and the figure that decides.
Yardsticks yardsticks_of(const ThresholdRule& rule) {
  Yardsticks yardsticks{{{}}, true};
  const ThresholdRule judging = judging_rule(rule);
  if (figure_name(judging) != "f1_score") yardsticks.decided.push_back(judging);
  return yardsticks;
}

/// Out-of-fold scores of every recipe, and the seconds its fits took.
struct Scored {
  std::vector<OofScores> scores;
  std::vector<double> seconds;
};

Scored score_recipes(const std::vector<Recipe>& recipes, const TrainPart& train, std::uint64_t seed,
                     const Control& control) {
  std::vector<std::atomic<double>> seconds(recipes.size());
  std::vector<std::unique_ptr<TimedLearner>> learners;
  std::vector<std::unique_ptr<TimedResampler>> resamplers;
  std::vector<FoldPlan> plans;
  for (std::size_t i = 0; i < recipes.size(); ++i) {
    const Method& method = recipes[i].method;
    learners.push_back(std::make_unique<TimedLearner>(*method.learner, seconds[i]));
    resamplers.push_back(std::make_unique<TimedResampler>(*method.resampler, seconds[i]));
    // All members: a forest cut short in the folds would be held against boosters that are not.
    plans.push_back({*learners[i], *resamplers[i], seed, 0});
  }
  Scored scored{OutOfFold::score(train, plans, control), {}};
  for (const auto& each : seconds) scored.seconds.push_back(each.load());
  return scored;
}

/// A candidate by the rows its models did not see.
struct Entry {
  Contestant contestant;
  Metrics metrics;
  double figure = 0;  ///< that decides
  MetricIntervals intervals;
  Decision decision;  ///< on all its scores
  Comparison from_best;
};

bool says_one_thing(const ScoreList& list) {
  return std::ranges::all_of(
      list, [&](const ScoreCount& entry) { return entry.score == list.front().score; });
}

/// Cross-fitted; but of what says the same of every row there is nothing to fit. The base rates of
/// the other folds would rank the folds, by luck and against the truth.
Contestant contestant_of(const CandidateName& name, const OofScores& scores,
                         const DecisionPlan& plan, const Decision& decision,
                         const Control& control) {
  const ContestantName full{name.text(), ""};
  if (!says_one_thing(scores.list())) return cross_fitted(full, scores, plan, control);
  return on_out_of_fold(full, scores, std::vector<Decision>(scores.folds(), decision));
}

Entry judge(const CandidateName& name, const OofScores& scores, const JudgePlan& judging,
            const Criterion& criterion, const Control& control) {
  const DecisionPlan& plan = judging.decision;
  Decision decision = decide(scores, plan, control);
  Entry entry{contestant_of(name, scores, plan, decision, control), {}, 0, {}, decision, {}};
  const ScoreList& probabilities = entry.contestant.probabilities;
  const Flags& flags = entry.contestant.flags;
  entry.metrics = compute_metrics(probabilities, flags);
  entry.figure = criterion.of(entry.contestant, entry.metrics);
  entry.intervals = metric_intervals(probabilities, flags, judging.by_group);
  entry.intervals.intervals.try_emplace(
      criterion.name(), figure_range(criterion.rule, {probabilities, flags}, judging.by_group));
  return entry;
}

/// Of equal ones the simpler.
std::size_t best_by(const Criterion& criterion, const std::vector<Recipe>& recipes,
                    const std::vector<Entry>& entries) {
  const double sign = criterion.higher_is_better() ? 1 : -1;
  std::size_t best = 0;
  for (std::size_t i = 1; i < entries.size(); ++i) {
    const double gain = sign * (entries[i].figure - entries[best].figure);
    const bool simpler = simplicity_of(recipes[i].name) < simplicity_of(recipes[best].name);
    if (gain > 0 || (gain == 0 && simpler)) best = i;
  }
  return best;
}

const Difference& difference_in(const std::string& metric, const Comparison& comparison) {
  return *std::ranges::find_if(comparison.differences,
                               [&](const Difference& each) { return each.metric == metric; });
}

/// Of so few rows that they show nothing the error is infinite. Where few rows decide, their
/// interval is wider than the normal one, and so is the error.
CandidateStanding standing_of(const CandidateName& name, const Entry& entry,
                              const std::string& metric) {
  const Difference& difference = difference_in(metric, entry.from_best);
  const double behind = std::abs(difference.model - difference.rival);
  const double half = (difference.interval.high - difference.interval.low) / 2;
  const bool known = !entry.intervals.exact && std::isfinite(half);
  constexpr double kNormal = 1e7;  // degrees of freedom
  return {name, behind,
          known ? half / student_t_of_95(kNormal) : std::numeric_limits<double>::infinity()};
}

CandidateFacts facts_of(const CandidateName& name, const Entry& entry, bool is_best,
                        double factor) {
  CandidateFacts facts{.name = name,
                       .figure = entry.figure,
                       .f1_score = entry.metrics.f1_score,
                       .auc_roc = entry.metrics.auc_roc,
                       .average_precision = entry.metrics.average_precision,
                       .log_loss = entry.metrics.log_loss,
                       .intervals = {},
                       .differences = {},
                       .threshold = entry.decision.threshold.probability,
                       .calibration = entry.decision.calibrator.method};
  for (const Difference& each : entry.from_best.differences) {
    const std::string& metric = each.metric;
    const auto interval = entry.intervals.intervals.find(metric);
    if (interval != entry.intervals.intervals.end()) facts.intervals.insert(*interval);
    if (is_best) continue;
    const double difference = each.model - each.rival;
    facts.differences[metric] = {difference, widened(each.interval, difference, factor)};
  }
  return facts;
}

/// Places in the order of the figure that decides, the best first, of equal ones the simpler.
std::vector<std::size_t> order_of(const std::vector<CandidateStanding>& standings) {
  std::vector<std::size_t> order(standings.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    return std::pair(standings[a].behind, simplicity_of(standings[a].name)) <
           std::pair(standings[b].behind, simplicity_of(standings[b].name));
  });
  return order;
}

}  // namespace

Judged judge_candidates(const std::vector<Recipe>& recipes, const TrainPart& train,
                        const JudgePlan& asked, const Control& control) {
  JudgePlan plan = asked;
  plan.decision.rule_for_all = true;
  const Scored scored = score_recipes(recipes, train, plan.seed, control);
  const Criterion criterion = criterion_of(plan);
  std::vector<Entry> entries(recipes.size());
  const Control one_thread{.stop = control.stop};
  parallel_for(
      control, recipes.size(),
      [&](std::size_t i) {
        entries[i] = judge(recipes[i].name, scored.scores[i], plan, criterion, one_thread);
      },
      "judge");
  const std::size_t best = best_by(criterion, recipes, entries);
  const auto said = [&](std::size_t i) {
    return Said{entries[i].contestant.probabilities, entries[i].contestant.flags};
  };
  parallel_for(control, recipes.size(), [&](std::size_t i) {
    entries[i].from_best = compare({said(i), said(best), plan.by_group}, "the best",
                                   yardsticks_of(plan.decision.rule));
  });

  std::vector<CandidateStanding> standings;
  for (std::size_t i = 0; i < recipes.size(); ++i) {
    standings.push_back(standing_of(recipes[i].name, entries[i], criterion.name()));
  }
  std::vector<CandidateStanding> ordered;
  Judged judged;
  judged.facts.by = criterion.name();
  const std::vector<std::size_t> order = order_of(standings);
  for (const std::size_t i : order) {
    ordered.push_back(standings[i]);
    judged.facts.candidates.push_back(
        facts_of(recipes[i].name, entries[i], i == best, widening(recipes.size())));
    judged.facts.candidates.back().seconds = scored.seconds[i];
  }
  const CandidateChoice choice = choose_candidate(ordered);
  for (const std::size_t i : choice.indistinguishable) {
    judged.facts.indistinguishable.push_back(ordered[i].name.text());
  }
  judged.chosen = order[choice.chosen];
  judged.facts.chosen = recipes[judged.chosen].name;
  judged.facts.choice = choice_text(choice, ordered, metric_title(judged.facts.by));
  judged.decision = study_decision(scored.scores[judged.chosen], plan.decision, plan.by_group,
                                   {kDraws, plan.seed}, control);
  return judged;
}

}  // namespace rarewood

#include "rarewood/evaluate/evaluation.hpp"

#include <algorithm>

#include "rarewood/base/error.hpp"
#include "rarewood/base/parallel.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/evaluate/interval.hpp"
#include "rarewood/evaluate/report_text.hpp"
#include "rarewood/evaluate/threshold_figure.hpp"

namespace rarewood {
namespace {

/// Fewer positives than this, and an interval says little.
constexpr std::uint64_t kFewPositives = 50;

void check_same_rows(const Contestant& model, const Contestant& rival) {
  const ScoreList& a = model.probabilities;
  const ScoreList& b = rival.probabilities;
  bool same = a.size() == b.size() && model.judged_on == rival.judged_on;
  for (std::size_t i = 0; same && i < a.size(); ++i) {
    same = a[i].n0 == b[i].n0 && a[i].n1 == b[i].n1;
  }
  if (!same) {
    throw Error(ErrorKind::bug, rival.name + " was not judged on the same rows as the model.");
  }
}

std::string title_of(const Contestant& rival) {
  if (rival.name == "flag_all") return "flagging everyone";
  if (rival.name == "flag_none") return "flagging nobody";
  return "the " + rival.description;
}

Yardsticks yardsticks_of(const Contestant& rival, const ThresholdRule& rule) {
  if (rival.name == "flag_all") return of_flagging_everyone(rule);
  return rival.name == "flag_none" ? of_flagging_nobody(rule) : of_scores(rule);
}

/// With the rule's figure, where that is none of them.
std::map<std::string, double> named(const Metrics& metrics, const Contestant& contestant,
                                    const ThresholdRule& rule) {
  auto by_name = metrics_by_name(metrics);
  const ThresholdRule judging = judging_rule(rule);
  by_name.try_emplace(figure_name(judging),
                      sums_of(judging, contestant.probabilities, contestant.flags).ratio());
  return by_name;
}

std::string rarer_rows(const ClassTotals& totals) {
  const std::uint64_t fewer = std::min(totals.n0, totals.n1);
  return thousands(fewer) + (totals.n1 <= totals.n0 ? " positive" : " negative") +
         (fewer == 1 ? " row" : " rows");
}

std::string too_few_to_tell(const Evaluation& evaluation) {
  if (evaluation.comparisons.empty()) return "";
  std::vector<std::string> rivals;
  for (const Comparison& comparison : evaluation.comparisons) rivals.push_back(comparison.rival);
  return "With " + rarer_rows(evaluation.totals) +
         " there are too few to tell whether the model is better than " + listed(rivals) + ".";
}

std::vector<std::string> warnings_of(const Evaluation& evaluation) {
  std::vector<std::string> warnings;
  const auto [n0, n1] = evaluation.totals;
  const std::uint64_t fewer = std::min(n0, n1);
  const std::string judged =
      "Only " + rarer_rows(evaluation.totals) + (fewer == 1 ? " was judged: " : " were judged: ");
  if (fewer < kFewestForIntervals) {
    warnings.push_back(judged +
                       "F1, precision, recall, specificity and accuracy have exact intervals, the "
                       "other figures none. Use more rows.");
  } else if (n1 < kFewPositives) {
    warnings.push_back(judged +
                       "every figure is uncertain, as the intervals show. Use more rows, or judge "
                       "by cross-validation.");
  }
  const std::string undefined = undefined_warning(evaluation.confusion);
  if (!undefined.empty()) warnings.push_back(undefined);
  return warnings;
}

}  // namespace

Evaluation evaluate(const Contestant& model, const std::vector<Contestant>& rivals,
                    const std::array<std::string, 2>& labels, const ThresholdRule& rule,
                    const Control& control) {
  for (const Contestant& rival : rivals) check_same_rows(model, rival);
  Evaluation evaluation;
  evaluation.baselines.resize(rivals.size());
  evaluation.comparisons.resize(rivals.size());
  MetricIntervals intervals;
  parallel_for(control, 1 + rivals.size(), [&](std::size_t i) {
    if (i == 0) {
      intervals = metric_intervals(model.probabilities, model.flags, model.blocks);
      return;
    }
    const Contestant& rival = rivals[i - 1];
    evaluation.baselines[i - 1] = {
        rival.name, rival.description, rival.judged_on,
        named(compute_metrics(rival.probabilities, rival.flags), rival, rule)};
    evaluation.comparisons[i - 1] = compare({{model.probabilities, model.flags},
                                             {rival.probabilities, rival.flags},
                                             model.blocks,
                                             model.ranks},
                                            title_of(rival), yardsticks_of(rival, rule));
  });
  evaluation.totals = class_totals(model.probabilities);
  evaluation.metrics = compute_metrics(model.probabilities, model.flags);
  evaluation.by_name = named(evaluation.metrics, model, rule);
  evaluation.intervals = intervals.intervals;
  if (rule.costs.differ_by_row()) {
    evaluation.intervals[figure_name(rule)] =
        figure_range(rule, {model.probabilities, model.flags}, model.blocks);
  }
  evaluation.design_effects = intervals.design_effects;
  evaluation.confusion = confusion_of(model.probabilities, model.flags);
  evaluation.report = classification_report(evaluation.confusion, labels);
  evaluation.verdict =
      intervals.exact ? too_few_to_tell(evaluation) : verdict(evaluation.comparisons);
  evaluation.warnings = warnings_of(evaluation);
  return evaluation;
}

}  // namespace rarewood

#include "rarewood/workflow/evaluate_scores.hpp"

#include <algorithm>
#include <cctype>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/evaluate/blocks.hpp"
#include "rarewood/evaluate/evaluation.hpp"
#include "rarewood/evaluate/segment.hpp"
#include "rarewood/feature/scored_rows.hpp"
#include "rarewood/pattern/split.hpp"
#include "rarewood/report/warn.hpp"
#include "rarewood/store/location.hpp"
#include "rarewood/workflow/begin_run.hpp"
#include "rarewood/workflow/deciding.hpp"
#include "rarewood/workflow/given_scores.hpp"
#include "rarewood/workflow/judging.hpp"

namespace rarewood {
namespace {

void refuse_contradictions(const EvaluateOptions& options) {
  std::vector<std::string> scores = options.score;
  std::sort(scores.begin(), scores.end());
  if (scores.empty() || std::adjacent_find(scores.begin(), scores.end()) != scores.end()) {
    throw Error(ErrorKind::usage,
                "--score must name one column of scores, or several different ones.");
  }
  if (options.scale == "rank" && options.threshold.empty()) {
    throw Error(ErrorKind::usage,
                "--scale rank needs a --threshold: a score from which on rows are predicted "
                "positive, or f1.");
  }
}

/// The labels beside the scores count where they are of these scores, and nothing else was asked.
std::string column_of_decisions(const EvaluateOptions& options) {
  const bool of_score = options.score == std::vector<std::string>{kScoredProbability};
  const bool is_truth = options.label == kScoredLabel;
  return of_score && !is_truth && options.threshold.empty() ? kScoredLabel : "";
}

/// By what rows are predicted positive, for the reader of the verdict.
std::string threshold_sentence(const EvaluateOptions& options, const ThresholdRule& rule,
                               const GivenFlags& given) {
  const std::string words = figure_words(rule);
  const std::string figure =
      static_cast<char>(std::toupper(static_cast<unsigned char>(words[0]))) + words.substr(1);
  if (!given.by.empty()) {
    const bool none = std::ranges::count(given.flags, 1) == 0;
    return figure + " goes by the column '" + given.by + "', " +
           (none ? "which predicts no row positive."
                 : "positive from probability " + fixed(given.threshold, 4) + " on.");
  }
  if (given.lowest < given.highest || options.threshold == "f1" || options.threshold == "cost") {
    return figure + " is at the threshold that is best on the other four fifths of the rows (" +
           fixed(given.lowest, 4) + " to " + fixed(given.highest, 4) + ").";
  }
  return figure + " is at the threshold " + shortest(given.threshold) +
         (options.threshold.empty() ? ", as none was given." : ", as given.");
}

/// The rows by one column of scores.
struct Judge {
  const EvaluateOptions& options;
  const ScoredRows& rows;
  Dealing dealing;
  Blocks blocks;  ///< empty without groups

  struct Result {
    Contestant contestant;
    GivenFlags given;
  };

  Result contestant(std::size_t which) const {
    const std::string& column = options.score[which];
    ScoreList list;
    const std::vector<double> scores = on_scale(rows.scores[which], options, column);
    for (std::size_t row = 0; row < scores.size(); ++row) {
      const std::uint64_t positive = rows.labels.positive[row];
      const double cost = rows.costs.empty() ? 0 : rows.costs[row];
      list.push_back({scores[row], 1 - positive, positive, cost});
    }
    GivenFlags given = rows.decided.empty()
                           ? given_flags(list, rows.scores[which], dealing, options)
                           : decided_flags(rows.decided, rows.scores[which], kScoredLabel);
    EntryBlocks by_group = blocks_of_entries(list, blocks.of);
    Contestant made{which == 0 ? "model" : column,
                    "score " + column,
                    "table",
                    std::move(list),
                    given.flags,
                    std::move(by_group),
                    options.scale == "rank"};
    return {std::move(made), std::move(given)};
  }
};

DataFacts facts_of(const ScoredRows& rows, const ClassTotals& totals) {
  DataFacts data;
  data.table = rows.name;
  data.target = rows.labels.target.name;
  data.labels = {rows.labels.target.negative, rows.labels.target.positive};
  data.rows = totals.rows();
  data.test_rows = totals.rows();
  data.class_rows = {totals.n0, totals.n1};
  return data;
}

/// Of the intervals of calibration figures.
constexpr std::uint64_t kSeed = 42;

/// Ranks are no probabilities: what would hold them against outcomes says nothing.
void take_out_probability_figures(RunRecord& record) {
  for (const char* name : {"brier", "log_loss"}) {
    record.metrics.erase(name);
    record.intervals.erase(name);
    record.design_effects.erase(name);
    for (Baseline& baseline : record.baselines) baseline.metrics.erase(name);
    for (Segmentation& column : record.segmentations) {
      for (Segment& segment : column.segments) {
        segment.metrics.erase(name);
        segment.intervals.erase(name);
      }
    }
  }
}

}  // namespace

RunRecord evaluate_scores(const EvaluateJob& job, const Control& control) {
  const EvaluateOptions& options = job.evaluate;
  refuse_contradictions(options);
  const ThresholdRule rule = judged_rule(options);
  const bool chosen_here = options.threshold == "f1" || options.threshold == "cost";
  RunRecord record;
  record.started_at_ms = now_ms();
  const ObjectPlace place = resolve(options.table, job.store, control);
  const ScoredRows rows = read_scored_rows(
      *place.store, place.key,
      {options.label, options.positive, options.score, options.group, options.time, options.by,
       options.cost_false_positive_column, options.cost_false_negative_column,
       column_of_decisions(options), job.table},
      control);
  Judge judge{options, rows, {}, {}};
  if (rows.group) {
    judge.dealing.keys = keys_of(*rows.group);
    judge.blocks = blocks_of(judge.dealing.keys);
  } else if (chosen_here) {
    judge.dealing.places = places_of_rows(rows);
  }

  const Judge::Result first = judge.contestant(0);
  const Contestant& model = first.contestant;
  const ClassTotals totals = class_totals(model.probabilities);
  std::vector<Contestant> rivals = without_model(model, totals.base_rate(), rule);
  for (std::size_t i = 1; i < options.score.size(); ++i) {
    rivals.push_back(judge.contestant(i).contestant);
  }
  record.command = "evaluate";
  record.data = facts_of(rows, totals);
  if (rows.group) record.data.groups = {options.group, judge.blocks.groups};
  record.params = evaluate_options().values(options);
  fill_from(evaluate(model, rivals, record.data.labels, rule, control), record);
  record.metrics["threshold"] = first.given.threshold;
  if (!chosen_here) {
    record.threshold.rule = !first.given.by.empty()     ? first.given.by
                            : options.threshold.empty() ? kUsualThreshold
                                                        : options.threshold;
  }
  record.verdict += (record.verdict.empty() ? "" : " ") +
                    threshold_sentence(options, judging_rule(rule), first.given);
  if (rule.kind == ThresholdRule::Kind::cost) {
    record.intervals.try_emplace(
        figure_name(rule), figure_range(rule, {model.probabilities, model.flags}, model.blocks));
  }
  record.threshold.probability = first.given.threshold;
  if (chosen_here) {
    record.metrics["threshold_lowest"] = first.given.lowest;
    record.metrics["threshold_highest"] = first.given.highest;
  }
  for (const RowLevels& levels : rows.by) {
    record.segmentations.push_back(judge_segments(model, {levels.column, levels.names, levels.of},
                                                  options.scale != "rank", control));
    record.segmentations.back().note = levels.note;
  }
  if (options.scale != "rank") {
    record_calibration_as_given(model, {kDraws, kSeed}, record);
  }
  if (rows.group) {
    const std::string warning = few_groups_warning(judge.blocks.groups, options.group);
    if (!warning.empty()) warn(record.warnings, warning);
  }
  if (options.scale == "rank") take_out_probability_figures(record);
  record.ended_at_ms = now_ms();
  return record;
}

}  // namespace rarewood

#include "rarewood/workflow/all_rows.hpp"

#include "rarewood/base/random.hpp"
#include "rarewood/learn/out_of_fold.hpp"
#include "rarewood/pattern/row_folds.hpp"
#include "rarewood/workflow/judging.hpp"
#include "rarewood/workflow/row_groups.hpp"
#include "rarewood/workflow/stopwatch.hpp"

namespace rarewood {
namespace {

constexpr int kRepeats = 5;

/// More distinct rows than this, and models of a fold's size must do.
constexpr std::size_t kMostForFullModels = 20'000;

bool is_drawn(SplitKind split) {
  return split == SplitKind::stratified || split == SplitKind::sklearn;
}

/// Means over repeats.
class Mean {
 public:
  void add(const Evaluation& evaluation) {
    for (const auto& [name, value] : metrics_by_name(evaluation.metrics)) {
      slice_.metrics[name] += value / kRepeats;
    }
    for (const auto& [name, interval] : evaluation.intervals) {
      slice_.intervals[name].low += interval.low / kRepeats;
      slice_.intervals[name].high += interval.high / kRepeats;
    }
    slice_.rows = evaluation.totals.rows();
    slice_.positives = evaluation.totals.n1;
    slice_.baselines = evaluation.baselines;  // flagging everyone is the same in every repeat
  }
  const Slice& slice() const { return slice_; }

 private:
  Slice slice_;
};

std::uint64_t test_positives(const std::vector<Cell>& cells) {
  std::uint64_t positives = 0;
  for (const Cell& cell : cells) positives += cell.fold == kTestFold ? cell.n1 : 0;
  return positives;
}

/// All rows in one part.
struct AllRows {
  const TrainingTable& table;
  const std::vector<std::uint32_t>& pattern;  ///< [rows]
  CellTable cells;
  RowGroups groups;

  /// \param drawn  the cells in folds
  EntryBlocks by_group(const CellTable& drawn, std::uint64_t seed) const {
    if (groups.key.empty()) return {};
    const RowFacts facts{table.labels, {}, table.weights, table.costs};
    const auto folds = draw_row_folds(drawn, {pattern, facts, groups.key}, seed);
    return training_by_group(groups, {table, pattern, folds});
  }
};

Contestant judged_once(const AllRows& all, const RunRecipe& recipe, std::uint64_t seed,
                       const Control& control) {
  const bool small = all.cells.patterns->count <= kMostForFullModels;
  const int members =
      small ? 0 : ensemble_members(recipe.request.train.learner, recipe.request.raw);
  const auto folds = static_cast<std::uint32_t>(recipe.request.split.folds);
  const CellTable drawn = draw_folds(all.cells, folds, seed);
  const TrainPart train = train_on_all(drawn, folds);
  const std::vector<OofScores> scores = OutOfFold::score(
      train, {{*recipe.method.learner, *recipe.method.resampler, seed, members}}, control);
  Contestant judged = cross_fitted({"model", ""}, scores.front(), recipe.plan, control);
  judged.blocks = all.by_group(drawn, seed);
  return judged;
}

}  // namespace

void judge_on_all_rows(const TrainingTable& table, const CountedTable& counted,
                       const RunRecipe& recipe, RunRecord& record, const Control& control) {
  const TrainRequest& request = recipe.request;
  const std::uint64_t positives = test_positives(counted.cells.cells);
  if (positives >= kFewTestPositives || !is_drawn(request.split.split)) return;
  const Stopwatch watch(record.timings, "all_rows");
  const AllRows all{table, counted.pattern, without_folds(counted.cells),
                    row_groups(table, request)};
  Mean mean;
  for (std::uint64_t repeat = 0; repeat < kRepeats; ++repeat) {
    const std::uint64_t seed = Random(request.seed, "all rows", repeat).bits();
    const Contestant judged = judged_once(all, recipe, seed, control);
    mean.add(evaluate(judged, {flag_all(judged, class_totals(judged.probabilities).base_rate())},
                      record.data.labels, recipe.plan.rule, control));
  }
  record.all_rows = mean.slice();
  record.all_rows.name = "all_rows";
  record.all_rows.description =
      "each row by models that did not see it, " + std::to_string(kRepeats) +
      " times over, since the test part holds only " + std::to_string(positives) + " positive rows";
}

}  // namespace rarewood

#include "rarewood/workflow/what_if.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>

#include <fmt/format.h>

#include "rarewood/base/text.hpp"
#include "rarewood/evaluate/comparison.hpp"
#include "rarewood/evaluate/decide.hpp"
#include "rarewood/pattern/ranks.hpp"
#include "rarewood/workflow/fitting.hpp"

namespace rarewood {
namespace {

/// The rows of the training part with what a model, fitted on other folds, says of them.
struct Judgement {
  Contestant contestant;  ///< entries fold by fold, each by ascending pattern
  std::vector<std::uint32_t> fold;
  std::vector<std::uint32_t> pattern;
};

Judgement judge(const CellTable& cells, const WhatIfPlan& plan, const Control& control) {
  const TrainPart train = split_by_fold(cells, plan.folds).train;
  TrainOptions options;
  options.learner = plan.learner;
  const Method method = choose_method(options, {});
  const FoldPlan fold_plan{*method.learner, *method.resampler, plan.seed,
                           ensemble_members(plan.learner, {})};
  const OofScores scores = OutOfFold::score(train, {fold_plan}, control).front();
  Judgement judgement{
      cross_fitted({"model", ""}, scores, {.calibration = "platt"}, control), scores.fold(), {}};
  for (std::uint32_t k = 0; k < train.folds(); ++k) {
    const CheckPart check = train.fold(k).check;
    for (const PatternCount& count : check.counts()) {
      judgement.pattern.push_back(count.pattern);
    }
  }
  return judgement;
}

/// The changed model's word on the rows of the first one, in their order.
Contestant on_rows_of(const Judgement& first, const Judgement& changed,
                      const std::vector<std::uint32_t>& pattern_of) {
  Contestant contestant = first.contestant;
  for (std::size_t i = 0; i < first.pattern.size(); ++i) {
    const auto wanted = std::pair(first.fold[i], pattern_of[first.pattern[i]]);
    std::size_t low = 0;
    std::size_t high = changed.pattern.size();
    while (high - low > 1) {
      const std::size_t middle = (low + high) / 2;
      const bool after = wanted < std::pair(changed.fold[middle], changed.pattern[middle]);
      (after ? high : low) = middle;
    }
    contestant.probabilities[i].score = changed.contestant.probabilities[low].score;
    contestant.flags[i] = changed.contestant.flags[low];
  }
  return contestant;
}

std::vector<WhatIfFigure> figures_of(const Contestant& first, const Contestant& changed) {
  const Comparison comparison =
      compare({{changed.probabilities, changed.flags}, {first.probabilities, first.flags}, {}}, "",
              of_scores(ThresholdRule{}));
  std::vector<WhatIfFigure> figures;
  for (const Difference& difference : comparison.differences) {
    figures.push_back({difference.metric, difference.rival, difference.model, difference.interval});
  }
  return figures;
}

std::string change_text(const ColumnChange& change, const FeatureSchema& schema) {
  const std::string& column = schema.features[change.feature].name;
  return change.capped ? "with " + column + " at most " + shortest(change.cap)
                       : "without " + column;
}

/// Cells of the new patterns, equal ones added up.
std::vector<Cell> merged_cells(const std::vector<Cell>& cells,
                               const std::vector<std::uint32_t>& pattern_of) {
  std::vector<Cell> moved = cells;
  for (Cell& cell : moved) cell.pattern = pattern_of[cell.pattern];
  const auto place = [](const Cell& cell) {
    return std::tuple(cell.pattern, cell.fold, cell.weight);
  };
  std::sort(moved.begin(), moved.end(),
            [&](const Cell& a, const Cell& b) { return place(a) < place(b); });
  std::vector<Cell> merged;
  for (const Cell& cell : moved) {
    if (merged.empty() || place(merged.back()) != place(cell)) {
      merged.push_back(cell);
      continue;
    }
    merged.back().n0 += cell.n0;
    merged.back().n1 += cell.n1;
  }
  return merged;
}

/// The patterns' values after the change.
Columns changed_columns(const Patterns& patterns, const ColumnChange& change) {
  Columns columns{patterns.count, {}};
  const auto cap = static_cast<float>(change.cap);
  for (std::size_t f = 0; f < patterns.features(); ++f) {
    if (f == change.feature && !change.capped) continue;
    const auto values = patterns.column(f);
    columns.values.emplace_back(values.begin(), values.end());
    if (f != change.feature) continue;
    for (float& value : columns.values.back()) value = value > cap ? cap : value;
  }
  return columns;
}

/// A cap that no value is above would compare a model with itself.
void refuse_idle_cap(const CellTable& cells, const FeatureSchema& schema,
                     const ColumnChange& change) {
  if (!change.capped) return;
  const auto cap = static_cast<float>(change.cap);
  std::optional<float> highest;
  for (const float value : cells.patterns->column(change.feature)) {
    if (value > cap) return;
    if (!std::isnan(value)) highest = std::max(value, highest.value_or(value));
  }
  const std::string& name = schema.features[change.feature].name;
  throw Error(ErrorKind::usage,
              "--what-if " + name + "=" + shortest(change.cap) + " changes nothing: '" + name +
                  (highest ? "' is at most " + fmt::format("{}", *highest) : "' has no value") +
                  ". Give a lower cap, or " + name + " alone to leave it out.");
}

}  // namespace

ColumnChange read_change(const std::string& text, const FeatureSchema& schema) {
  std::vector<std::string> names;
  for (const Feature& feature : schema.features) names.push_back(feature.name);
  const auto place = [&](const std::string& name) {
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
  };
  if (place(text) < names.size()) return {.feature = place(text)};
  const std::size_t sign = text.rfind('=');
  const std::string name = text.substr(0, sign);
  const std::size_t feature = place(name);
  if (feature == names.size()) {
    const auto meant = nearest_word(name, names);
    throw Error(ErrorKind::usage, "--what-if names '" + name + "', which is no feature. " +
                                      (meant ? "Did you mean '" + *meant + "'?"
                                             : "The features are " + listed(names) + "."));
  }
  const auto cap = parse_double(std::string_view(text).substr(sign + 1));
  if (!cap || schema.features[feature].kind != FeatureKind::number) {
    throw Error(ErrorKind::usage, "--what-if " + text + " is no cap: write " + name +
                                      "=NUMBER for a column of numbers, or " + name +
                                      " to leave it out.");
  }
  return {.feature = feature, .capped = true, .cap = *cap};
}

ChangedTable change_table(const CellTable& cells, const FeatureSchema& schema,
                          const ColumnChange& change) {
  if (!change.capped && schema.features.size() == 1) {
    throw Error(ErrorKind::usage, "--what-if would leave no feature: '" +
                                      schema.features.front().name +
                                      "' is the only one. Give it a cap instead.");
  }
  const Patterns& before = *cells.patterns;
  const Columns columns = changed_columns(before, change);
  const Ranks ranks = rank_rows(columns, {});
  ChangedTable changed{schema, {}, ranks.of};
  auto patterns = std::make_shared<Patterns>();
  patterns->count = ranks.distinct;
  patterns->category_counts = before.category_counts;
  patterns->names = before.names;
  if (!change.capped) {
    const auto at = static_cast<std::ptrdiff_t>(change.feature);
    changed.schema.features.erase(changed.schema.features.begin() + at);
    patterns->category_counts.erase(patterns->category_counts.begin() + at);
    if (!patterns->names.empty()) patterns->names.erase(patterns->names.begin() + at);
  }
  patterns->values.resize(patterns->count * columns.values.size());
  for (std::size_t f = 0; f < columns.values.size(); ++f) {
    for (std::size_t p = 0; p < before.count; ++p) {
      patterns->values[f * patterns->count + ranks.of[p]] = columns.values[f][p];
    }
  }
  changed.cells = {patterns, merged_cells(cells.cells, ranks.of)};
  return changed;
}

std::vector<WhatIf> what_if(const CellTable& cells, const FeatureSchema& schema,
                            const std::vector<std::string>& changes, const WhatIfPlan& plan,
                            const Control& control) {
  std::vector<ColumnChange> wanted;
  for (const std::string& text : changes) {
    wanted.push_back(read_change(text, schema));
    refuse_idle_cap(cells, schema, wanted.back());
  }
  if (wanted.empty()) return {};
  const Judgement first = judge(cells, plan, control);
  std::vector<WhatIf> results;
  for (const ColumnChange& change : wanted) {
    const ChangedTable changed = change_table(cells, schema, change);
    const Contestant contestant =
        on_rows_of(first, judge(changed.cells, plan, control), changed.pattern_of);
    WhatIf result{.change = change_text(change, schema),
                  .column = schema.features[change.feature].name,
                  .learner = plan.learner,
                  .figures = figures_of(first.contestant, contestant)};
    if (change.capped) result.cap = change.cap;
    results.push_back(std::move(result));
  }
  return results;
}

}  // namespace rarewood

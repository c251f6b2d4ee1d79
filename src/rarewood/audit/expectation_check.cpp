#include "rarewood/audit/expectation_check.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "rarewood/audit/drift.hpp"
#include "rarewood/audit/effective_rows.hpp"
#include "rarewood/audit/expected_groups.hpp"
#include "rarewood/audit/grouped_expectations.hpp"
#include "rarewood/base/parallel.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/evaluate/holm.hpp"
#include "rarewood/evaluate/proportion.hpp"
#include "rarewood/evaluate/stability.hpp"
#include "rarewood/evaluate/two_shares.hpp"
#include "rarewood/feature/kind_name.hpp"

namespace rarewood {
namespace {

constexpr double kModeratePsi = 0.1;  ///< what is called moderate where 0.25 is called large

std::string percent(double share) { return fixed(100 * share, 2) + " %"; }

ExpectationCheck broken(std::string check, std::string column, std::string expected,
                        std::string observed, std::string what) {
  return {std::move(check), std::move(column), std::move(expected), std::move(observed),
          std::nullopt,     Verdict::error,    std::move(what)};
}

// --- the form of the table ---

ExpectationCheck check_rows(const CheckedTable& table, const Tolerance& tolerance) {
  ExpectationCheck check{"rows",
                         "",
                         static_cast<double>(tolerance.min_rows),
                         static_cast<double>(table.rows),
                         std::nullopt,
                         Verdict::ok,
                         ""};
  if (table.rows >= static_cast<std::uint64_t>(tolerance.min_rows)) return check;
  check.verdict = Verdict::error;
  check.what = fmt::format("The table has {} rows, fewer than {}.", thousands(table.rows),
                           thousands(static_cast<std::uint64_t>(tolerance.min_rows)));
  return check;
}

ExpectationCheck check_point(const std::string& of_model, const std::string& of_table) {
  ExpectationCheck check{"prediction_point", "", of_model, of_table, std::nullopt, Verdict::ok, ""};
  if (of_model == of_table) return check;
  check.verdict = Verdict::error;
  check.what = fmt::format("The model was trained as of '{}', and the table was built as of '{}'.",
                           of_model, of_table);
  return check;
}

ExpectationCheck check_form(const Feature& feature, const CheckedColumn& column) {
  const std::string kind = kind_name(feature.kind);
  if (!column.present) {
    return broken(kColumnCheck, feature.name, kind, kAbsent,
                  "The column " + feature.name + " is not in the table.");
  }
  if (!column.problem.empty()) {
    return broken(kColumnCheck, feature.name, kind, "another kind", column.problem + ".");
  }
  return {kColumnCheck, feature.name, kind, kind, std::nullopt, Verdict::ok, ""};
}

ExpectationCheck check_labels(const Target& target, const LabelCounts& labels) {
  const std::string expected = target.negative + ", " + target.positive;
  if (labels.other == 0) return {"labels", target.name, expected, expected, {}, Verdict::ok, ""};
  return broken("labels", target.name, expected, labels.other_example,
                fmt::format("{} of the target {} are neither {} nor {}, such as '{}'.",
                            thousands(labels.other) + (labels.other == 1 ? " row" : " rows"),
                            target.name, target.negative, target.positive, labels.other_example));
}

// --- shares that may only rise so far ---

/// A share of rows that should not rise.
struct RisingShare {
  const char* check;
  RowShare before;
  RowShare after;
  const char* are;  ///< "have no value"
  DesignEffects effects;
};

ExpectationCheck check_share(const RisingShare& share, const std::string& column,
                             const Tolerance& tolerance) {
  CheckFigures figures;
  figures.size = std::max(0.0, share.after.share() - share.before.share());
  figures.warns = tolerance.max_unexpected / 5;
  figures.fails = tolerance.max_unexpected;
  figures.p_value = p_of_more(fewer_rows(share.before, share.effects.before),
                              fewer_rows(share.after, share.effects.after));
  figures.interval = wilson(trials_of(share.after, share.effects.after));
  figures.design_effect = share.effects.after;
  return {share.check,
          column,
          share.before.share(),
          share.after.share(),
          figures,
          Verdict::ok,
          fmt::format("{} of the rows {} ({} to {}); {} were expected.",
                      percent(share.after.share()), share.are, percent(figures.interval->low),
                      percent(figures.interval->high), percent(share.before.share()))};
}

/// The group that moves the index most, in words.
std::string most_moved(const ColumnGroups& groups, std::uint64_t n, std::uint64_t m) {
  std::size_t most = 0;
  double largest = -1;
  const auto share = [](std::uint64_t rows, std::uint64_t all) {
    return static_cast<double>(rows) / static_cast<double>(all);
  };
  for (std::size_t g = 0; g < groups.names.size(); ++g) {
    const double p = share(2 * groups.before[g] + 1, 2 * n);
    const double q = share(2 * groups.after[g] + 1, 2 * m);
    const double moves = (p - q) * std::log(p / q);
    if (moves > largest) most = g;
    largest = std::max(largest, moves);
  }
  return fmt::format("most of all {}: {} of the rows, {} at training", groups.names[most],
                     percent(share(groups.after[most], m)), percent(share(groups.before[most], n)));
}

std::uint64_t all_of(const std::vector<std::uint64_t>& rows) {
  std::uint64_t sum = 0;
  for (const std::uint64_t each : rows) sum += each;
  return sum;
}

ExpectationCheck check_drift(const std::string& name, const ColumnGroups& groups,
                             const DesignEffects& effects, const Tolerance& tolerance) {
  const Stability stability = population_stability(groups.before, groups.after, effects);
  const Shift shift = shift_of(groups.before, groups.after, 1, effects);
  CheckFigures figures;
  figures.size = std::max(0.0, shift.index);
  figures.warns = std::min(kModeratePsi, tolerance.max_psi);
  figures.fails = tolerance.max_psi;
  figures.p_value = stability.p_value;
  figures.interval = shift.interval;
  figures.design_effect = effects.after;
  return {"drift",
          name,
          0.0,
          stability.index,
          figures,
          Verdict::ok,
          fmt::format("Its values have shifted: population stability index {} ({} to {}), {}.",
                      fixed(shift.index, 2), fixed(shift.interval.low, 2),
                      fixed(shift.interval.high, 2),
                      most_moved(groups, all_of(groups.before), all_of(groups.after)))};
}

AlikeEffects alike_of(const ExpectedTable& rows) {
  return {rows.expectations.alike_effect, effect_of_alike(rows.groups)};
}

/// All checks of a column that is there.
std::vector<ExpectationCheck> check_values(const ExpectedTable& rows, std::size_t f,
                                           const Tolerance& tolerance) {
  const BinnedRows& expected = rows.expectations.columns[f];
  const CheckedColumn& column = rows.table.columns[f];
  const Feature& feature = rows.schema.features[f];
  const ObservedRows observed = observe(expected, column.values, column.unseen.size());
  const GroupEffects& then = expected.effects;
  const AlikeEffects alike = alike_of(rows);
  const LaterEffects now = rows.groups.empty()
                               ? LaterEffects{}
                               : later_effects(expected, column.values, column.unseen, rows.groups);
  const std::uint64_t n = rows.expectations.rows;
  const std::uint64_t m = rows.table.rows;
  std::vector<ExpectationCheck> checks{check_share({"missing",
                                                    {expected.missing, n},
                                                    {observed.missing, m},
                                                    "have no value",
                                                    effects_of(then.missing, now.missing, alike)},
                                                   feature.name, tolerance)};
  if (expected.single || expected.upper.empty()) {
    checks.push_back(check_share({"new_values",
                                  {training_singles(expected), n},
                                  {observed.unseen, m},
                                  "have a value that training never saw",
                                  effects_of(then.unseen, now.unseen, alike)},
                                 feature.name, tolerance));
  } else {  // training's two ends are as far out as two new rows, or groups, may be
    const DesignEffects effects = effects_of(then.drift, now.outside, alike);
    const RowShare all = fewer_rows({n, n}, effects.before);
    checks.push_back(check_share({"range",
                                  {std::min<std::uint64_t>(2, all.n), all.n},
                                  {observed.outside, m},
                                  "lie outside of what training saw",
                                  {1, effects.after}},
                                 feature.name, tolerance));
  }
  if (m > 0 && observed.missing == m) checks.front().figures->fails = 0;  // an error if not chance
  checks.push_back(check_drift(feature.name, column_groups(feature, expected, observed),
                               effects_of(then.drift, now.drift, alike), tolerance));
  return checks;
}

// --- the outcome and the model's own probability ---

ExpectationCheck check_base_rate(const ExpectedTable& rows, const LabelCounts& labels,
                                 const Tolerance& tolerance) {
  const RowShare before{rows.expectations.positives, rows.expectations.rows};
  const RowShare after{labels.positive, labels.known()};
  const double now =
      rows.groups.empty() ? 1 : grouped_shares(labels.of_rows, 2, rows.groups).effects[1];
  const DesignEffects effects = effects_of(rows.expectations.rate_effect, now, alike_of(rows));
  const auto smoothed = [](const Trials& trials) { return (trials.k + 0.5) / (trials.n + 1); };
  CheckFigures figures;
  figures.size = std::exp(std::abs(std::log(smoothed(trials_of(after, effects.after)) /
                                            smoothed(trials_of(before, effects.before))))) -
                 1;
  figures.warns = tolerance.max_rate_change / 2;
  figures.fails = tolerance.max_rate_change;
  figures.p_value =
      p_of_other(fewer_rows(before, effects.before), fewer_rows(after, effects.after));
  figures.interval = wilson(trials_of(after, effects.after));
  figures.design_effect = effects.after;
  return {"base_rate",
          rows.schema.target.name,
          before.share(),
          after.share(),
          figures,
          Verdict::ok,
          fmt::format("{} of the rows are {} ({} to {}); {} at training.", percent(after.share()),
                      rows.schema.target.positive, percent(figures.interval->low),
                      percent(figures.interval->high), percent(before.share()))};
}

/// Rows that training saw have bolder scores than others have: this only warns.
ExpectationCheck check_probabilities(const ExpectedTable& rows, const Tolerance& tolerance) {
  const BinnedRows& expected = *rows.expectations.probabilities;
  const ObservedRows observed = observe(expected, rows.probabilities, 0);
  const double now =
      rows.groups.empty() ? 1 : later_effects(expected, rows.probabilities, {}, rows.groups).drift;
  ExpectationCheck check =
      check_drift("probability", column_groups({}, expected, observed),
                  effects_of(expected.effects.drift, now, alike_of(rows)), tolerance);
  check.check = "score_drift";
  check.figures->fails.reset();
  return check;
}

// --- verdicts ---

Verdict verdict_of(const ExpectationCheck& check) {
  const CheckFigures& figures = *check.figures;
  if (figures.p_value > kAlpha) return Verdict::ok;
  if (figures.fails && figures.size >= *figures.fails) return Verdict::fail;
  return figures.size >= figures.warns ? Verdict::warn : Verdict::ok;
}

void judge_together(std::vector<ExpectationCheck>& checks) {
  std::vector<double*> p_values;
  for (ExpectationCheck& check : checks) {
    if (check.figures) p_values.push_back(&check.figures->p_value);
  }
  adjust_by_holm(std::move(p_values));
  for (ExpectationCheck& check : checks) {
    if (!check.figures) continue;
    check.verdict = verdict_of(check);
    const bool is_gone = check.check == "missing" && std::get<double>(check.observed) == 1;
    if (is_gone && check.verdict == Verdict::fail) check.verdict = Verdict::error;
    if (check.verdict == Verdict::ok) check.what.clear();
  }
}

}  // namespace

std::string_view verdict_word(Verdict verdict) {
  switch (verdict) {
    case Verdict::ok: return "ok";
    case Verdict::warn: return "warn";
    case Verdict::fail: return "fail";
    case Verdict::error: return "error";
  }
  return "";
}

Verdict Validation::verdict() const {
  Verdict worst = Verdict::ok;
  for (const ExpectationCheck& check : checks) worst = std::max(worst, check.verdict);
  return worst;
}

std::size_t Validation::met() const {
  return static_cast<std::size_t>(std::ranges::count_if(
      checks, [](const ExpectationCheck& check) { return check.verdict == Verdict::ok; }));
}

std::vector<ExpectationCheck> check_expectations(const ExpectedTable& rows,
                                                 const Tolerance& tolerance,
                                                 const Control& control) {
  const CheckedTable& table = rows.table;
  std::vector<ExpectationCheck> checks{check_rows(table, tolerance)};
  const std::string& of_model = rows.schema.prediction_point;
  if (!of_model.empty() && !table.prediction_point.empty()) {
    checks.push_back(check_point(of_model, table.prediction_point));
  }
  std::vector<std::vector<ExpectationCheck>> by_feature(rows.schema.features.size());
  parallel_for(control, by_feature.size(), [&](std::size_t f) {
    by_feature[f].push_back(check_form(rows.schema.features[f], table.columns[f]));
    if (by_feature[f].front().verdict != Verdict::ok || table.rows == 0) return;
    for (ExpectationCheck& check : check_values(rows, f, tolerance)) {
      by_feature[f].push_back(std::move(check));
    }
  });
  for (std::vector<ExpectationCheck>& of_one : by_feature) {
    for (ExpectationCheck& check : of_one) checks.push_back(std::move(check));
  }
  if (table.labels) {
    checks.push_back(check_labels(rows.schema.target, *table.labels));
    if (table.labels->known() > 0) {
      checks.push_back(check_base_rate(rows, *table.labels, tolerance));
    }
  }
  if (!rows.probabilities.empty() && rows.expectations.probabilities) {
    checks.push_back(check_probabilities(rows, tolerance));
  }
  judge_together(checks);
  return checks;
}

}  // namespace rarewood

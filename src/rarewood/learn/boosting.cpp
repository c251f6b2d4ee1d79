#include "rarewood/learn/boosting.hpp"

#include <algorithm>

#include "rarewood/learn/positive_weight.hpp"

namespace rarewood {
namespace {

/// The weight of positive rows is part of the rows, as libraries have it for whole labels only.
WeightedRows training_rows(const Patterns& patterns, const std::vector<PatternCount>& counts,
                           const BoostingRules& rules) {
  const double weight = positive_weight(rules.scale_pos_weight, class_weight_sums(counts));
  return rows_by_pattern(patterns, counts, weight);
}

/// Rows of the tables made of these counts, from above: some may weigh nothing and be left out.
std::uint64_t rows_to_fit(const std::vector<PatternCount>& counts) {
  std::uint64_t rows = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (i == 0 || counts[i].pattern != counts[i - 1].pattern) ++rows;
  }
  return rows;
}

std::uint64_t rows_to_watch(const std::vector<PatternCount>& counts) {
  std::uint64_t rows = 0;
  for (const PatternCount& count : counts) rows += (count.n0 > 0 ? 1 : 0) + (count.n1 > 0 ? 1 : 0);
  return rows;
}

/// \param watched  may be empty
void check_size(const FitPart& part, const std::vector<PatternCount>& watched,
                const BoosterLibrary& library, const Control& control) {
  const std::uint64_t fit = rows_to_fit(part.counts());
  const std::uint64_t beside = rows_to_watch(watched);
  if (std::max(fit, beside) > library.most_rows) {
    throw Error(ErrorKind::data, library.title + " takes up to " + thousands(library.most_rows) +
                                     " distinct rows, this part has " +
                                     thousands(std::max(fit, beside)) +
                                     ". Train on a sample of them.");
  }
  check_memory(control, "fit", (fit + beside) * part.patterns().features() * library.bytes_a_value);
}

int rounds_that_generalise(const FitPart& part, const BoostingRules& rules,
                           const BoosterLibrary& library, const FitRequest& request,
                           const Control& control) {
  const HeldOut parts = hold_out(part, rules.validation_fraction, request.seed);
  check_size(part, parts.watched, library, control);
  const WeightedRows rows = training_rows(part.patterns(), parts.fit, rules);
  const WeightedRows watched = rows_by_class(part.patterns(), parts.watched);
  const Booster booster =
      library.start({rows, class_totals(parts.fit), &watched, threads_that_pay(rows, control)});
  const StoppingRule rule{rules.n_estimators, *rules.early_stopping_rounds, rules.larger_is_better};
  return best_rounds(rule, [&](int round) {
    check_stop(control);
    booster.update(round);
    report_progress(control, "early_stopping", (round + 1.0) / rule.most_rounds);
    return booster.evaluate(round);
  });
}

}  // namespace

std::string boost(const FitPart& part, const BoostingRules& rules, const BoosterLibrary& library,
                  const FitRequest& request, const Control& control) {
  check_both_classes(part, library.title);
  check_size(part, {}, library, control);
  const int rounds = rules.early_stopping_rounds
                         ? rounds_that_generalise(part, rules, library, request, control)
                         : rules.n_estimators;
  const WeightedRows rows = training_rows(part.patterns(), part.counts(), rules);
  const Booster booster =
      library.start({rows, part.totals(), nullptr, threads_that_pay(rows, control)});
  for (int round = 0; round < rounds; ++round) {
    check_stop(control);
    if (!booster.update(round)) break;
    report_progress(control, "fit", (round + 1.0) / rounds);
  }
  return booster.save();
}

}  // namespace rarewood

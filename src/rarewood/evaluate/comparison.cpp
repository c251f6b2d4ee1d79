#include "rarewood/evaluate/comparison.hpp"

#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "rarewood/base/text.hpp"
#include "rarewood/evaluate/holm.hpp"
#include "rarewood/evaluate/threshold_figure.hpp"

namespace rarewood {
namespace {

/// A metric of all thresholds.
struct Ranked {
  const char* metric;
  const char* title;
  double Metrics::* value;
  bool higher_is_better;
  bool of_probabilities;
  DifferenceTest (*test)(const Pair& pair);
};

constexpr std::array<Ranked, 3> kRanked{
    {{"auc_roc", "AUC", &Metrics::auc_roc, true, false, auc_difference},
     {"average_precision", "average precision", &Metrics::average_precision, true, false,
      average_precision_difference},
     {"log_loss", "log loss", &Metrics::log_loss, false, true, log_loss_difference}}};

Outcome outcome_of(const std::vector<Difference>& differences) {
  bool better = false;
  bool worse = false;
  for (const Difference& difference : differences) {
    better = better || difference.sign() > 0;
    worse = worse || difference.sign() < 0;
  }
  if (better) return worse ? Outcome::mixed : Outcome::better;
  return worse ? Outcome::worse : Outcome::unclear;
}

/// "F1 0.412 against 0.470, log loss 0.131 against 0.084": the differences of one sign, or all.
std::string figures(const Comparison& comparison, std::optional<int> sign) {
  std::string text;
  for (const Difference& difference : comparison.differences) {
    if (sign && difference.sign() != *sign) continue;
    text += (text.empty() ? "" : ", ") + difference.title + " " + fixed(difference.model, 3) +
            " against " + fixed(difference.rival, 3);
  }
  return text;
}

std::string worse_sentence(const Comparison& comparison) {
  return "The model is worse than " + comparison.rival + " (" + figures(comparison, -1) + ").";
}

std::string mixed_sentence(const Comparison& comparison) {
  return "The model is better than " + comparison.rival + " in some respects (" +
         figures(comparison, 1) + ") and worse in others (" + figures(comparison, -1) + ").";
}

/// All figures: of too few rows nothing is shown, whatever their differences look like.
std::string unclear_sentence(const Comparison& comparison) {
  return "The model is not shown to be better than " + comparison.rival + " on these rows (" +
         figures(comparison, std::nullopt) + ").";
}

Difference decided_difference(const ThresholdRule& rule, const Pair& pair) {
  const auto& [interval, chance] = figure_difference(rule, pair);
  const RatioTerms one = sums_of(rule, pair.one.probabilities, pair.one.flags);
  const RatioTerms other = sums_of(rule, pair.other.probabilities, pair.other.flags);
  // The precision of who flags no row is not known, and so neither is who has more of it.
  const bool known = one.whole > 0 && other.whole > 0;
  return {figure_name(rule), figure_words(rule), higher_is_better(rule),    one.ratio(),
          other.ratio(),     interval,           known ? chance : double{1}};
}

void add_ranked(const Pair& pair, std::vector<Difference>& differences) {
  const Metrics model = compute_metrics(pair.one.probabilities, pair.one.flags);
  const Metrics rival = compute_metrics(pair.other.probabilities, pair.other.flags);
  for (const Ranked& each : kRanked) {
    if (pair.ranks && each.of_probabilities) continue;
    const auto& [interval, chance] = each.test(pair);
    differences.push_back({each.metric, each.title, each.higher_is_better, model.*each.value,
                           rival.*each.value, interval, chance});
  }
}

std::string better_sentence(const std::vector<Comparison>& comparisons) {
  std::vector<std::string> names;
  for (const Comparison& comparison : comparisons) {
    if (comparison.outcome == Outcome::better) names.push_back(comparison.rival);
  }
  return names.empty() ? "" : "The model is better than " + listed(names) + ".";
}

}  // namespace

int Difference::sign() const {
  constexpr double kShown = 0.05;
  if (!(chance < kShown)) return 0;
  return (model > rival) == higher_is_better ? 1 : -1;
}

Yardsticks of_scores(const ThresholdRule& rule) { return {{judging_rule(rule)}, true}; }

Yardsticks of_flagging_everyone(const ThresholdRule& rule) {
  using Kind = ThresholdRule::Kind;
  const ThresholdRule judging = judging_rule(rule);
  if (figure_name(judging) == "f1_score") return {{judging}, true};
  // Everyone is more than the rule allows: held against as many rows by lot, which are positive as
  // often as all rows are.
  if (judging.kind == Kind::recall) return {{{Kind::precision, 0, {}, rule.text}}, false};
  return {{judging}, false};
}

Yardsticks of_flagging_nobody(const ThresholdRule& rule) { return {{judging_rule(rule)}, false}; }

Comparison compare(const Pair& pair, const std::string& rival_title, const Yardsticks& yardsticks) {
  Comparison comparison{rival_title, {}, Outcome::unclear};
  for (const ThresholdRule& rule : yardsticks.decided) {
    comparison.differences.push_back(decided_difference(rule, pair));
  }
  if (yardsticks.ranked) add_ranked(pair, comparison.differences);
  std::vector<double*> chances;
  for (Difference& difference : comparison.differences) {
    if (std::isfinite(difference.chance)) chances.push_back(&difference.chance);
  }
  adjust_by_holm(std::move(chances));
  comparison.outcome = outcome_of(comparison.differences);
  return comparison;
}

std::string verdict(const std::vector<Comparison>& comparisons) {
  std::string text;
  const auto add = [&](const std::string& sentence) {
    if (!sentence.empty()) text += (text.empty() ? "" : " ") + sentence;
  };
  const auto add_each = [&](Outcome outcome, const auto& sentence) {
    for (const Comparison& comparison : comparisons) {
      if (comparison.outcome == outcome) add(sentence(comparison));
    }
  };
  add_each(Outcome::worse, worse_sentence);
  add_each(Outcome::unclear, unclear_sentence);
  add_each(Outcome::mixed, mixed_sentence);
  add(better_sentence(comparisons));
  return text;
}

}  // namespace rarewood

#include "rarewood/evaluate/comparison.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "rarewood/base/text.hpp"

namespace rarewood {
namespace {

struct Compared {
  std::string metric;
  std::string title;
  Interval (*interval)(const Pair& pair);
};

const std::array<Compared, 4> kCompared{
    {{"f1_score", "F1", f1_difference},
     {"auc_roc", "AUC", auc_difference},
     {"average_precision", "average precision", average_precision_difference},
     {"log_loss", "log loss", log_loss_difference}}};

const MetricInfo& metric_named(const std::string& name) {
  return *std::find_if(kMetrics.begin(), kMetrics.end(),
                       [&](const MetricInfo& metric) { return metric.name == name; });
}

std::string title_of(const MetricInfo& metric) {
  return std::find_if(kCompared.begin(), kCompared.end(),
                      [&](const Compared& each) { return each.metric == metric.name; })
      ->title;
}

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
    text += (text.empty() ? "" : ", ") + title_of(*difference.metric) + " " +
            fixed(difference.model, 3) + " against " + fixed(difference.rival, 3);
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

std::string better_sentence(const std::vector<Comparison>& comparisons) {
  std::vector<std::string> names;
  for (const Comparison& comparison : comparisons) {
    if (comparison.outcome == Outcome::better) names.push_back(comparison.rival);
  }
  return names.empty() ? "" : "The model is better than " + listed(names) + ".";
}

}  // namespace

int Difference::sign() const {
  const int higher = (interval.low > 0) - (interval.high < 0);
  return metric->higher_is_better ? higher : -higher;
}

Comparison compare(const Pair& pair, const std::string& rival_title) {
  const Metrics model = compute_metrics(pair.one.probabilities, pair.one.flags);
  const Metrics rival = compute_metrics(pair.other.probabilities, pair.other.flags);
  Comparison comparison{rival_title, {}, Outcome::unclear};
  for (const Compared& each : kCompared) {
    if (pair.ranks && each.metric == "log_loss") continue;
    const MetricInfo& metric = metric_named(each.metric);
    comparison.differences.push_back(
        {&metric, model.*metric.value, rival.*metric.value, each.interval(pair)});
  }
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

#include "rarewood/report/diagnosis.hpp"

#include <cmath>

#include "rarewood/base/text.hpp"

namespace rarewood {
namespace {

/// Training longer than this, in seconds, is called slow.
constexpr double kSlow = 60;
constexpr double kHighRecall = 0.50;
constexpr double kLowPrecision = 0.20;

double value_or(const std::map<std::string, double>& values, const std::string& key, double other) {
  const auto found = values.find(key);
  return found == values.end() || !std::isfinite(found->second) ? other : found->second;
}

bool none_predicted_positive(const RunRecord& record) {
  const Confusion& rows = record.confusion;
  return rows.false_positive + rows.true_positive == 0 && rows.false_negative > 0;
}

std::string param(const RunRecord& record, const std::string& wanted) {
  for (const auto& [name, value] : record.params) {
    if (name == wanted) return value;
  }
  return "";
}

/// The area under the curve is not shown to be above that of chance.
bool ranks_by_chance(const RunRecord& record) {
  const auto found = record.intervals.find("auc_roc");
  return value_or(record.metrics, "auc_roc", 1) == 0.5 ||
         (found != record.intervals.end() && found->second.low <= 0.5);
}

std::string none_positive_cure(const RunRecord& record) {
  if (ranks_by_chance(record)) {
    return "The scores tell the classes no better than chance. Try other features or another "
           "learner.";
  }
  if (record.threshold.figure.empty()) {
    return "No score reaches the threshold of " + fixed(record.threshold.probability, 4) +
           ". Adjust it (--threshold f1 picks the best one).";
  }
  return "That is what the rule comes to here (" + record.threshold.words +
         "); --threshold recall:R flags more rows.";
}

/// Figures that are better where they are lower.
bool lower_is_better(const std::string& metric) {
  return metric == "log_loss" || metric == "cost" || metric == "brier";
}

/// Some figure is shown to be better than the best single column's; true where there are too few
/// rows for any comparison, and where a leak forbids one.
bool beats_single_column(const RunRecord& record) {
  constexpr double kShown = 0.05;
  bool compared = false;
  for (const MetricDifference& each : record.differences) {
    if (each.rival != "single_column" || !std::isfinite(each.chance)) continue;
    compared = true;
    if (each.chance < kShown && (each.difference > 0) != lower_is_better(each.metric)) {
      return true;
    }
  }
  return !compared || has_level(record.findings, FindingLevel::proved);
}

/// What to type next where a model is not shown to know more than one column does.
std::string baseline_cure(const RunRecord& record) {
  const bool steady = param(record, "strategy") == "steady";
  return "Not shown to be better than a single column: " +
         std::string(steady ? "let"
                            : "try --strategy steady (shallow trees, large leaves), or let") +
         " 'rarewood compare' choose among learners, out of fold.";
}

std::string learner_cure(const RunRecord& record) {
  for (const auto& [name, value] : record.params) {
    if (name == "n_estimators") return " and fewer estimators (--n-estimators below " + value + ")";
  }
  return "";
}

}  // namespace

std::vector<std::string> diagnose(const RunRecord& record) {
  std::vector<std::string> sentences;
  if (none_predicted_positive(record)) {
    sentences.push_back("F1 = 0: all rows were predicted negative. " + none_positive_cure(record));
  }
  const double recall = value_or(record.metrics, "recall", 0);
  const double precision = value_or(record.metrics, "precision", 1);
  const bool asked = record.threshold.rule.starts_with("recall:");
  if (recall >= kHighRecall && precision < kLowPrecision && !asked) {
    sentences.push_back("High recall (" + fixed(recall, 2) + ") with low precision (" +
                        fixed(precision, 2) + "): " +
                        (!param(record, "sampling_strategy").empty()
                             ? "lower sampling_strategy to 0.2, or adjust the threshold upwards."
                             : "adjust the threshold upwards."));
  }
  const double seconds = value_or(record.timings, "resample", 0) +
                         value_or(record.timings, "fit", 0) +
                         value_or(record.timings, "out_of_fold", 0);
  if (seconds > kSlow && record.data.synthetic_rows > 0) {
    sentences.push_back(
        "Slow training (" + fixed(seconds, 0) + " s with " + thousands(record.data.synthetic_rows) +
        " synthetic rows): lower sampling_strategy to 0.2" + learner_cure(record) + ".");
  }
  if (!beats_single_column(record)) sentences.push_back(baseline_cure(record));
  return sentences;
}

}  // namespace rarewood

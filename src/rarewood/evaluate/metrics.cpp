#include "rarewood/evaluate/metrics.hpp"

#include <cmath>

#include "rarewood/base/text.hpp"
#include "rarewood/evaluate/ranking.hpp"

namespace rarewood {
namespace {

double ratio(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

Flags flags_at(const ScoreList& list, double threshold) {
  Flags flags;
  flags.reserve(list.size());
  for (const ScoreCount& entry : list) flags.push_back(entry.score >= threshold ? 1 : 0);
  return flags;
}

Confusion confusion_of(const ScoreList& list, const Flags& flags) {
  Confusion confusion;
  for (std::size_t i = 0; i < list.size(); ++i) {
    (flags[i] != 0 ? confusion.false_positive : confusion.true_negative) += list[i].n0;
    (flags[i] != 0 ? confusion.true_positive : confusion.false_negative) += list[i].n1;
  }
  return confusion;
}

Confusion confusion_at(const ScoreList& list, double threshold) {
  return confusion_of(list, flags_at(list, threshold));
}

double precision(const Confusion& confusion) {
  return ratio(confusion.true_positive, confusion.true_positive + confusion.false_positive);
}

double recall(const Confusion& confusion) {
  return ratio(confusion.true_positive, confusion.true_positive + confusion.false_negative);
}

double f1_score(const Confusion& confusion) {
  return ratio(2 * confusion.true_positive,
               2 * confusion.true_positive + confusion.false_positive + confusion.false_negative);
}

double accuracy(const Confusion& confusion) {
  const std::uint64_t right = confusion.true_positive + confusion.true_negative;
  return ratio(right, right + confusion.false_positive + confusion.false_negative);
}

double specificity(const Confusion& confusion) {
  return ratio(confusion.true_negative, confusion.true_negative + confusion.false_positive);
}

double geometric_mean(double recall, double specificity) { return std::sqrt(recall * specificity); }

double balanced_index(double recall, double specificity) {
  constexpr double kDominanceWeight = 0.1;
  return (1 + kDominanceWeight * (recall - specificity)) * recall * specificity;
}

Metrics at_threshold(const Confusion& confusion) {
  Metrics metrics;
  metrics.f1_score = f1_score(confusion);
  metrics.precision = precision(confusion);
  metrics.recall = recall(confusion);
  metrics.accuracy = accuracy(confusion);
  metrics.specificity = specificity(confusion);
  metrics.geometric_mean = geometric_mean(metrics.recall, metrics.specificity);
  metrics.balanced_index = balanced_index(metrics.recall, metrics.specificity);
  return metrics;
}

double flag_all_f1(const ClassTotals& totals) {
  return ratio(2 * totals.n1, totals.n1 + totals.rows());
}

std::string undefined_warning(const Confusion& confusion) {
  const bool none_predicted = confusion.true_positive + confusion.false_positive == 0;
  const bool none_true = confusion.true_positive + confusion.false_negative == 0;
  std::vector<std::string> names;
  if (none_predicted) names.emplace_back("precision (no row was predicted positive)");
  if (none_true) names.emplace_back("recall (no row is positive)");
  if (none_predicted && none_true) names.emplace_back("F1");
  if (names.empty()) return "";
  return "Undefined and shown as 0: " + listed(names) + ".";
}

std::map<std::string, double> metrics_by_name(const Metrics& metrics) {
  std::map<std::string, double> named;
  for (const MetricInfo& metric : kMetrics) named[metric.name] = metrics.*metric.value;
  return named;
}

Metrics compute_metrics(const ScoreList& probabilities, const Flags& flags) {
  std::vector<std::uint64_t> n0;
  std::vector<std::uint64_t> n1;
  for (const ScoreCount& entry : probabilities) {
    n0.push_back(entry.n0);
    n1.push_back(entry.n1);
  }
  return Ranking(probabilities, flags).metrics(n0, n1);
}

Metrics compute_metrics(const ScoreList& probabilities, double threshold) {
  return compute_metrics(probabilities, flags_at(probabilities, threshold));
}

}  // namespace rarewood

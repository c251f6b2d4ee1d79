#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "rarewood/pattern/cells.hpp"
#include "rarewood/pattern/scores.hpp"

namespace rarewood {

/// Rows by true and predicted class.
struct Confusion {
  std::uint64_t true_negative = 0;
  std::uint64_t false_positive = 0;
  std::uint64_t false_negative = 0;
  std::uint64_t true_positive = 0;

  ClassTotals totals() const {
    return {true_negative + false_positive, false_negative + true_positive};
  }
  bool operator==(const Confusion&) const = default;
};

/// [entries] 1 = the rows of the entry are predicted positive.
using Flags = std::vector<std::uint8_t>;

/// Predicted positive: score >= threshold.
Flags flags_at(const ScoreList& list, double threshold);

Confusion confusion_of(const ScoreList& list, const Flags& flags);
Confusion confusion_at(const ScoreList& list, double threshold);

// As scikit-learn defines them: 0 where the denominator is 0 (see `undefined_warning`).
double precision(const Confusion& confusion);
double recall(const Confusion& confusion);
double f1_score(const Confusion& confusion);
double accuracy(const Confusion& confusion);
double specificity(const Confusion& confusion);

// As imbalanced-learn defines them, of two shares found right: that of the positive rows (recall)
// and that of the negative ones (specificity).
double geometric_mean(double recall, double specificity);
/// The index of balanced accuracy of the geometric mean, with dominance weighted 0.1.
double balanced_index(double recall, double specificity);

/// F1 of predicting positive for every row: what any useful model must beat.
double flag_all_f1(const ClassTotals& totals);

/// Says which of precision, recall and F1 are 0 only because they are undefined; else empty.
std::string undefined_warning(const Confusion& confusion);

/// The numbers of one model on one set of rows. Sources: docs/method/evaluation.md.
struct Metrics {
  double f1_score = 0;
  double auc_roc = 0;  ///< ties count half; NaN if a class is missing
  double precision = 0;
  double recall = 0;
  double accuracy = 0;
  double average_precision = 0;  ///< step-wise, no interpolation; 0 without positives
  double brier = 0;              ///< mean of (probability - class)^2
  double log_loss = 0;           ///< natural logarithm; probabilities kept 2^-52 off 0 and 1
  double specificity = 0;
  double geometric_mean = 0;
  double balanced_index = 0;
};

/// Those of the metrics that a threshold decides; the others 0.
Metrics at_threshold(const Confusion& confusion);

/// A metric's name in JSON, MLflow and messages, and which way is better.
struct MetricInfo {
  const char* name;
  double Metrics::* value;
  bool higher_is_better;
};

inline constexpr std::array<MetricInfo, 11> kMetrics{{
    {"f1_score", &Metrics::f1_score, true},
    {"auc_roc", &Metrics::auc_roc, true},
    {"precision", &Metrics::precision, true},
    {"recall", &Metrics::recall, true},
    {"accuracy", &Metrics::accuracy, true},
    {"average_precision", &Metrics::average_precision, true},
    {"brier", &Metrics::brier, false},
    {"log_loss", &Metrics::log_loss, false},
    {"specificity", &Metrics::specificity, true},
    {"geometric_mean", &Metrics::geometric_mean, true},
    {"balanced_index", &Metrics::balanced_index, true},
}};

std::map<std::string, double> metrics_by_name(const Metrics& metrics);

/// \param probabilities  scores in [0, 1]
/// \throws Error(bug) for a score outside [0, 1]
Metrics compute_metrics(const ScoreList& probabilities, const Flags& flags);
Metrics compute_metrics(const ScoreList& probabilities, double threshold);

}  // namespace rarewood

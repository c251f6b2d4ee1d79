#pragma once

#include "rarewood/report/run_record.hpp"

namespace rarewood {

/// The assigned job with the figures of its specification: what the golden texts show.
inline RunRecord assigned_job() {
  RunRecord record;
  record.run_id = "0123456789abcdef0123456789abcdef";
  record.command = "train";
  record.params = {
      {"learner", "forest"}, {"balance", "smote"}, {"n_estimators", "200"}, {"threshold", "f1"}};
  record.metrics = {{"f1_score", 0.3472}, {"auc_roc", 0.7803},          {"precision", 0.2511},
                    {"recall", 0.5501},   {"average_precision", 0.291}, {"brier", 0.0551},
                    {"log_loss", 0.1912}, {"threshold", 0.3124}};
  record.intervals = {{"f1_score", {0.3398, 0.3541}}, {"auc_roc", {0.7751, 0.7855}}};
  record.threshold.rule = "f1";
  record.threshold.words = "best F1";
  record.threshold.figure = "f1_score";
  record.threshold.probability = 0.3124;
  record.threshold.interval = {0.2981, 0.3307};
  record.data.target = "is_ordered";
  record.data.rows = 472871;
  record.data.distinct_rows = 12304;
  record.data.train_rows = 378296;
  record.data.test_rows = 94575;
  record.data.class_rows = {440558, 32313};
  record.data.features = 12;
  record.confusion = {77512, 10600, 2908, 3555};
  record.classification_report =
      "              precision    recall  f1-score   support\n"
      "\n"
      "           0       0.96      0.85      0.90     88112\n"
      "           1       0.25      0.55      0.35      6463\n"
      "\n"
      "    accuracy                           0.83     94575\n"
      "   macro avg       0.61      0.70      0.62     94575\n"
      "weighted avg       0.91      0.83      0.86     94575\n";
  return record;
}

}  // namespace rarewood

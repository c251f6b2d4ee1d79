#include "rarewood/report/console.hpp"

#include <cmath>

#include <fmt/format.h>

#include "rarewood/base/text.hpp"
#include "rarewood/report/metric_table.hpp"

namespace rarewood {
namespace {

std::string rule() { return std::string(60, '=') + "\n"; }

/// The contract's words for its own target; the target's name for any other.
std::string task_of(const std::string& target) {
  return target == "is_ordered" ? "Conversion Prediction (is_ordered)" : "Prediction of " + target;
}

std::uint64_t left_out_rows(const DataFacts& data) {
  std::uint64_t rows = 0;
  for (const LeftOut& part : data.left_out) rows += part.rows;
  return rows;
}

std::string left_out_line(const DataFacts& data) {
  std::vector<std::string> parts;
  for (const LeftOut& part : data.left_out) {
    if (part.rows > 0) parts.push_back(thousands(part.rows) + " " + part.reason);
  }
  return parts.empty() ? "" : "   Left out: " + listed(parts) + "\n";
}

double metric_of(const RunRecord& record, const std::string& key) {
  const auto found = record.metrics.find(key);
  return found == record.metrics.end() ? std::nan("") : found->second;
}

/// What is proved against the figures, below them; "" where nothing is.
std::string leak_line(const ConsoleStyle& style, const RunRecord& record) {
  std::vector<std::string> proved;
  for (const Finding& finding : record.findings) {
    if (finding.level == FindingLevel::proved) proved.push_back(finding.what);
  }
  if (proved.empty()) return "";
  return mark(style, "⚠️ ") + toned(style, Tone::alarm, "LEAK: " + listed(proved)) +
         ". These figures say nothing.\n";
}

}  // namespace

std::string banner_text(const ConsoleStyle&, const std::string& target) {
  return rule() + "  CLASSIFICATION MODEL TRAINING\n  Task: " + task_of(target) + "\n" + rule();
}

std::string loading_text(const ConsoleStyle& style) {
  return mark(style, "📥") + "Loading training data...\n";
}

std::string loaded_text(const ConsoleStyle& style, const DataFacts& data) {
  std::string text = mark(style, "✅") + "Loaded " + thousands(data.rows + left_out_rows(data)) +
                     " samples\n   Features: " + std::to_string(data.features) + "\n" +
                     distribution_text("Class distribution", data.labels, data.class_rows) +
                     left_out_line(data);
  if (!data.prediction_point.empty()) {
    text += "   Prediction point: " + data.prediction_point + "\n";
  }
  if (data.simulated) {
    text += toned(style, Tone::alarm, "   Simulated data") +
            ": the figures show speed and plumbing, not the quality on a real shop.\n";
  }
  return text;
}

std::string splitting_text(const ConsoleStyle& style, const std::string& how, double test_size) {
  return "\n" + mark(style, "🔀") + "Splitting data (" + how + (how.empty() ? "" : ", ") +
         "test_size=" + shortest(test_size) + ")...\n";
}

std::string split_text(const DataFacts& data) {
  std::string text = "   Train: " + thousands(data.train_rows) +
                     " samples\n   Test:  " + thousands(data.test_rows) + " samples\n";
  if (data.distinct_rows > 0) {
    text += fmt::format(
        "   Distinct rows: {}, {} samples each\n", thousands(data.distinct_rows),
        fixed(static_cast<double>(data.rows) / static_cast<double>(data.distinct_rows), 1));
  }
  return text + "\n";
}

std::string resampling_text(const std::string& method) {
  return "   Applying " + method + " to handle class imbalance...\n";
}

std::string distribution_text(const std::string& caption, const std::array<std::string, 2>& labels,
                              const std::array<std::uint64_t, 2>& rows) {
  return fmt::format("   {}: {{{}: {}, {}: {}}}\n", caption, labels[0], rows[0], labels[1],
                     rows[1]);
}

std::string plan_text(std::uint64_t synthetic, bool about, std::uint64_t memory) {
  const std::string rows = synthetic == 0
                               ? "no synthetic rows"
                               : (about ? "about " : "") + thousands(synthetic) + " synthetic rows";
  return "   Plan: " + rows + ", up to " + bytes_text(memory) + " of memory\n";
}

std::string synthetic_text(std::uint64_t synthetic, std::uint64_t copies, double among_majority) {
  if (synthetic == 0) return "";
  const double share = static_cast<double>(copies) / static_cast<double>(synthetic);
  return "   Synthetic rows: " + thousands(synthetic) + ", of which " + fixed(100 * share, 1) +
         " % equal a row that was there and " + fixed(100 * among_majority, 1) +
         " % lie nearest to rows of the other class only\n";
}

std::string positive_weight_text(double weight) {
  return "   Scale pos weight: " + fixed(weight, 2) + "\n";
}

std::string training_text(const std::string& learner, bool class_weights) {
  return "   Training " + learner +
         (class_weights ? " with class_weight='balanced'...\n" : " Classifier...\n");
}

std::string rounds_text(std::size_t rounds) {
  return "   Boosting rounds: " + thousands(rounds) + "\n";
}

std::string evaluating_text(const ConsoleStyle& style) {
  return "\n" + mark(style, "📊") + "Evaluating model...\n";
}

std::string report_text(const ConsoleStyle& style, const std::string& classification_report) {
  const bool ended = classification_report.ends_with('\n');
  return "\n" + mark(style, "📈") + "Classification Report:\n" + classification_report +
         (ended ? "\n" : "\n\n");
}

std::string key_metrics_text(const ConsoleStyle& style, const RunRecord& record) {
  return "\n" + mark(style, "🎯") +
         "Key Metrics:\n   F1-Score: " + number_text(metric_of(record, "f1_score"), 2) +
         "\n   AUC-ROC:  " + number_text(metric_of(record, "auc_roc"), 2) + "\n\n" +
         metric_table_text(record);
}

std::string saving_text(const ConsoleStyle& style, const std::string& place) {
  return "\n" + mark(style, "💾") + "Saving model to " + place + "...\n";
}

std::string saved_text(const ConsoleStyle& style, const std::string& uri) {
  return mark(style, "✅") + "Model saved to " + uri + "\n";
}

std::string complete_text(const ConsoleStyle& style, const RunRecord& record,
                          const std::string& journal) {
  const std::string id =
      record.mlflow_run_id.empty() ? "none (journal: " + journal + ")" : record.mlflow_run_id;
  return "\n" + rule() + mark(style, "✅") + "TRAINING COMPLETE!\n   MLflow Run ID: " + id +
         "\n   F1-Score: " + number_text(metric_of(record, "f1_score"), 2) +
         "\n   AUC-ROC: " + number_text(metric_of(record, "auc_roc"), 2) + "\n" + rule() +
         leak_line(style, record);
}

}  // namespace rarewood

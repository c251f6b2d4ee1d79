#include "rarewood/track/run_words.hpp"

#include <cmath>

#include "rarewood/base/text.hpp"
#include "rarewood/base/utc.hpp"
#include "rarewood/track/tracked_facts.hpp"

namespace rarewood {
namespace {

/// "forest with smote", "forest-smote"; nothing is said of a balance that is none.
std::string method_of(const RunRecord& record, const std::string& between) {
  const std::string balance = param_of(record, "balance");
  const bool balanced = !balance.empty() && balance != "none";
  return param_of(record, "learner") + (balanced ? between + balance : "");
}

std::string quoted(const std::string& text) { return "`" + text + "`"; }

/// "AUC 0.780 (0.775 to 0.786)", "AUC 0.780" where no interval is known; "" where nothing is.
std::string figure_of(const RunRecord& record, const std::string& title, const std::string& key) {
  const auto value = record.metrics.find(key);
  if (value == record.metrics.end() || !std::isfinite(value->second)) return "";
  std::string text = title + " " + fixed(value->second, 3);
  const auto interval = record.intervals.find(key);
  if (interval == record.intervals.end()) return text;
  const auto [low, high] = interval->second;
  if (!std::isfinite(low) || !std::isfinite(high)) return text;
  return text + " (" + fixed(low, 3) + " to " + fixed(high, 3) + ")";
}

std::string target_of(const DataFacts& data) {
  return quoted(data.target) +
         (data.prediction_point.empty() ? "" : " as of " + data.prediction_point);
}

std::string learnt_from(const DataFacts& data) {
  const std::string file = data.table.substr(data.table.rfind('/') + 1);
  std::string text = thousands(data.train_rows) + " of " + thousands(data.rows) + " rows";
  if (!file.empty()) text += " of " + quoted(file);
  if (!data.fingerprint.empty()) text += " (fingerprint " + quoted(data.fingerprint) + ")";
  return text;
}

std::string judged(const RunRecord& record) {
  std::vector<std::string> figures;
  for (const std::string& each :
       {figure_of(record, "AUC", "auc_roc"), figure_of(record, "F1", "f1_score")}) {
    if (!each.empty()) figures.push_back(each);
  }
  if (figures.empty()) return "";
  return "On " + thousands(record.data.test_rows) + " test rows " + listed(figures) + ". ";
}

std::string leak_sentence(const RunRecord& record) {
  const bool proved = has_level(record.findings, FindingLevel::proved);
  return proved ? "**A leak is proved**: " + leak_text(record) + "." : "No leak was found.";
}

}  // namespace

std::string run_title(const RunRecord& record) {
  if (!record.run_name.empty()) return record.run_name;
  std::string when = utc_text(record.started_at_ms).substr(0, 16);  // "2026-11-26T01:02"
  when[10] = ' ';
  const std::string method = record.command == "train" ? method_of(record, "-") : "";
  return (method.empty() ? record.command : method) + " " + when;
}

std::string version_description(const RunRecord& record) {
  const std::string threshold =
      record.threshold.words.empty() ? "" : ", threshold by " + record.threshold.words;
  return method_of(record, " with ") + threshold + ": predicts " + target_of(record.data) +
         ", learnt from " + learnt_from(record.data) + ".\n\n" + judged(record) +
         leak_sentence(record) + (record.data.simulated ? " **Simulated data.**" : "");
}

std::string registered_model_description(const RunRecord& record) {
  return "Predicts " + quoted(record.data.target) +
         ". `champion` is the version in use, `challenger` that of the newest run. Each version's "
         "description says how it learnt and how well it did on test rows.";
}

}  // namespace rarewood

#include "rarewood/report/compare_text.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "rarewood/base/text.hpp"
#include "rarewood/report/console_detail.hpp"
#include "rarewood/report/groups_text.hpp"
#include "rarewood/report/looks_text.hpp"
#include "rarewood/report/metric_table.hpp"

namespace rarewood {
namespace {

constexpr std::size_t kIntervalColumns = 16;    // "0.4856 to 0.4958"
constexpr std::size_t kDifferenceColumns = 29;  // "-0.0012 (-0.0034 to 0.0011)"

double figure_of(const CandidateFacts& facts, const std::string& metric) {
  if (metric == "auc_roc") return facts.auc_roc;
  if (metric == "average_precision") return facts.average_precision;
  return metric == "log_loss" ? facts.log_loss : facts.f1_score;
}

std::string interval_of(const CandidateFacts& facts, const std::string& metric) {
  const auto found = facts.intervals.find(metric);
  return found == facts.intervals.end() ? "" : range_text(found->second, 4);
}

std::string difference_of(const CandidateFacts& facts, const std::string& metric) {
  const auto found = facts.differences.find(metric);
  if (found == facts.differences.end()) return "the best";
  return number_text(found->second.difference, 4) + " (" + range_text(found->second.interval, 4) +
         ")";
}

/// "*" of the chosen one, "=" of those not shown to be worse than the best.
std::string sign_of(const CandidateFacts& facts, const ComparisonFacts& comparison) {
  if (facts.name == comparison.chosen) return "*";
  const bool alike = std::ranges::find(comparison.indistinguishable, facts.name.text()) !=
                     comparison.indistinguishable.end();
  return alike ? "=" : " ";
}

/// The figures beside the one that decides.
std::vector<std::string> other_metrics(const std::string& by) {
  std::vector<std::string> others{"f1_score", "auc_roc", "log_loss"};
  std::erase(others, by);
  others.resize(2);
  return others;
}

std::string row_text(const CandidateFacts& facts, const ComparisonFacts& comparison,
                     std::size_t columns) {
  const std::string& by = comparison.by;
  std::string text = " " + sign_of(facts, comparison) + " " + padded(facts.name.text(), columns) +
                     fmt::format("  {:>7}  ", number_text(facts.figure, 4)) +
                     padded(interval_of(facts, by), kIntervalColumns) + "  " +
                     padded(difference_of(facts, by), kDifferenceColumns);
  for (const std::string& metric : other_metrics(by)) {
    text += fmt::format("  {:>8}", number_text(figure_of(facts, metric), 4));
  }
  return text + fmt::format("  {:>7}\n", number_text(facts.seconds, 2));
}

std::string heading_text(const std::string& by, std::size_t columns) {
  std::string text = "   " + padded("", columns) + fmt::format("  {:>7}  ", "value") +
                     padded("95 % interval", kIntervalColumns) + "  " +
                     padded("less the best", kDifferenceColumns);
  for (const std::string& metric : other_metrics(by)) {
    text += fmt::format("  {:>8}", metric_title(metric));
  }
  return text + fmt::format("  {:>7}\n", "seconds");
}

std::string legend_text(const ComparisonFacts& comparison) {
  std::string text = "   * chosen";
  if (comparison.indistinguishable.size() > 1) text += "; = not shown to be worse than the best";
  text += ". Differences are of the same rows; with 95 % confidence all of them hold.\n";
  return text;
}

/// Each sentence on a line of its own.
std::string sentence_lines(std::string text) {
  for (std::size_t at = 0; (at = text.find(". ", at)) != std::string::npos; at += 5) {
    text.replace(at, 2, ".\n   ");
  }
  return "   " + text + "\n";
}

}  // namespace

std::string comparing_text(const ConsoleStyle& style, const std::string& target) {
  return mark(style, "⚖️ ") + "Comparing candidates: prediction of " + target + "\n";
}

std::string fitting_text(std::size_t candidates, int folds) {
  return "   Fitting " + std::to_string(candidates) +
         (candidates == 1 ? " candidate" : " candidates") + " in " + std::to_string(folds) +
         " folds each...\n";
}

std::string candidates_text(const ConsoleStyle& style, const RunRecord& record) {
  const ComparisonFacts& comparison = record.comparison;
  std::size_t columns = 0;
  for (const CandidateFacts& facts : comparison.candidates) {
    columns = std::max(columns, columns_of(facts.name.text()));
  }
  std::string text = "\n" + mark(style, "📊") + "Candidates by " + metric_title(comparison.by) +
                     ", on the training rows out of fold" +
                     (record.data.simulated ? " (simulated):\n" : ":\n") +
                     heading_text(comparison.by, columns);
  for (const CandidateFacts& facts : comparison.candidates) {
    text += row_text(facts, comparison, columns);
  }
  text += legend_text(comparison);
  for (const std::string& sentence : comparison.skipped) {
    text += "   Left out: " + sentence + "\n";
  }
  return text + "\n" + sentence_lines(comparison.choice);
}

std::string test_look_text(const ConsoleStyle& style, const RunRecord& record) {
  return "\n" + mark(style, "🎯") +
         "On the test part, looked at for the chosen one only: " + record.comparison.chosen.text() +
         "\n" + metric_table_text(record) + groups_text(record) + looks_text(record) +
         baselines_text(style, record) + targets_text(style, record);
}

std::string compared_text(const ConsoleStyle& style, const RunRecord& record,
                          const std::string& journal) {
  const std::string run =
      record.mlflow_run_id.empty()
          ? ""
          : "   MLflow Run ID: " + record.mlflow_run_id + ", its candidates " + "as child runs\n";
  return "\n" + mark(style, "✅") + "Compared. Run and chosen model: " + journal + "\n" + run;
}

}  // namespace rarewood

#include "rarewood/report/metric_table.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "rarewood/base/text.hpp"
#include "rarewood/evaluate/entry_blocks.hpp"
#include "rarewood/evaluate/metrics.hpp"
#include "rarewood/report/console_style.hpp"
#include "rarewood/report/threshold_text.hpp"

namespace rarewood {
namespace {

double entropy(double rate) {
  return rate <= 0 || rate >= 1 ? 0 : -rate * std::log(rate) - (1 - rate) * std::log1p(-rate);
}

/// The value of flagging everyone, of flagging nobody (accuracy), of random scores (AUC, average
/// precision), or of the base rate as every probability.
double without_skill(const std::string& metric, const ClassTotals& rows) {
  const double rate = rows.base_rate();
  if (metric == "f1_score") return flag_all_f1(rows);
  if (metric == "auc_roc") return 0.5;
  if (metric == "precision" || metric == "average_precision") return rate;
  if (metric == "accuracy") return std::max(rate, 1 - rate);
  if (metric == "brier") return rate * (1 - rate);
  if (metric == "log_loss") return entropy(rate);
  return std::nan("");
}

bool few_groups(const RunRecord& record) {
  return !record.data.groups.column.empty() && record.data.groups.groups < kFewestBlocks;
}

std::string interval_text(const RunRecord& record, const std::string& metric) {
  const auto found = record.intervals.find(metric);
  if (found == record.intervals.end()) return "";
  if (std::isfinite(found->second.low)) return range_text(found->second, 4);
  return few_groups(record) ? "too few groups" : "too few rows";
}

std::string out_of_bag_line(const RunRecord& record) {
  const auto found = record.metrics.find("oob_auc_roc");
  if (found == record.metrics.end()) return "";
  return "   Out-of-bag AUC-ROC: " + number_text(found->second, 4) +
         " (training rows, by the trees that did not draw them)\n";
}

/// Of scores judged without a model: each fold's threshold comes from the other folds.
std::string cross_fitted_line(const RunRecord& record) {
  const auto highest = record.metrics.find("threshold_highest");
  if (highest == record.metrics.end()) return "";
  return "   Thresholds: " + number_text(record.metrics.at("threshold_lowest"), 3) + " to " +
         number_text(highest->second, 3) + ", for each fifth of the rows the best on the others\n";
}

}  // namespace

std::string metric_table_text(const RunRecord& record) {
  const ClassTotals rows = record.confusion.totals();
  std::string text = fmt::format("   {:<18} {:>7}   {:<16}   no skill at base rate {} %\n", "",
                                 "value", "95 % interval", number_text(100 * rows.base_rate(), 2));
  for (const MetricInfo& metric : kMetrics) {
    const auto found = record.metrics.find(metric.name);
    if (found == record.metrics.end()) continue;
    const double chance = without_skill(metric.name, rows);
    text += fmt::format("   {:<18} {:>7}   {:<16}   {}\n", metric_title(metric.name),
                        number_text(found->second, 4), interval_text(record, metric.name),
                        std::isfinite(chance) ? fixed(chance, 4) : "-");
  }
  return text + threshold_text(record) + cross_fitted_line(record) + out_of_bag_line(record);
}

}  // namespace rarewood

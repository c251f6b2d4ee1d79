#include "rarewood/report/metric_table.hpp"

#include <array>
#include <cmath>

#include <fmt/format.h>

#include "rarewood/base/text.hpp"
#include "rarewood/report/console_style.hpp"

namespace rarewood {
namespace {

constexpr std::array kMetrics{"f1_score",          "auc_roc", "precision", "recall",
                              "average_precision", "brier",   "log_loss"};

double entropy(double rate) {
  return rate <= 0 || rate >= 1 ? 0 : -rate * std::log(rate) - (1 - rate) * std::log1p(-rate);
}

/// The value of flagging everyone, of random scores, or of the base rate as every probability.
double without_skill(const std::string& metric, double rate) {
  if (metric == "f1_score") return flag_all_f1(rate);
  if (metric == "auc_roc") return 0.5;
  if (metric == "precision" || metric == "average_precision") return rate;
  if (metric == "brier") return rate * (1 - rate);
  if (metric == "log_loss") return entropy(rate);
  return std::nan("");
}

std::string interval_text(const RunRecord& record, const std::string& metric) {
  const auto found = record.intervals.find(metric);
  if (found == record.intervals.end()) return "";
  return number_text(found->second.low, 4) + " to " + number_text(found->second.high, 4);
}

std::string threshold_line(const RunRecord& record) {
  const auto found = record.metrics.find("threshold");
  if (found == record.metrics.end()) return "";
  for (const auto& [name, value] : record.params) {
    if (name == "threshold" && parse_double(value)) {
      return "   Threshold: " + number_text(found->second, 3) + " (fixed)\n";
    }
  }
  return "   Best threshold: " + number_text(found->second, 3) + " (on out-of-fold scores)\n";
}

}  // namespace

double base_rate(const RunRecord& record) {
  const auto& [negative, positive] = record.confusion;
  const double negatives = static_cast<double>(negative[0] + negative[1]);
  const double positives = static_cast<double>(positive[0] + positive[1]);
  return positives / (negatives + positives);
}

double flag_all_f1(double rate) { return 2 * rate / (1 + rate); }

std::string metric_table_text(const RunRecord& record) {
  const double rate = base_rate(record);
  std::string text = fmt::format("   {:<18} {:>7}   {:<16}   no skill at base rate {} %\n", "",
                                 "value", "95 % interval", number_text(100 * rate, 2));
  for (const std::string metric : kMetrics) {
    const auto found = record.metrics.find(metric);
    if (found == record.metrics.end()) continue;
    const double chance = without_skill(metric, rate);
    text += fmt::format("   {:<18} {:>7}   {:<16}   {}\n", metric_title(metric),
                        number_text(found->second, 4), interval_text(record, metric),
                        std::isfinite(chance) ? fixed(chance, 4) : "-");
  }
  return text + threshold_line(record);
}

}  // namespace rarewood

#include "rarewood/report/time_check_text.hpp"

#include <cmath>

#include <fmt/format.h>

#include "rarewood/base/text.hpp"
#include "rarewood/base/utc.hpp"
#include "rarewood/feature/row_keys.hpp"

namespace rarewood {
namespace {

std::string moment(std::int64_t value) {
  if (value < kLeastTime) return std::to_string(value);
  return utc_text(value * 1000).substr(0, 16);
}

std::string with_interval(const Sighting& seen, const std::string& metric) {
  const Interval& interval = seen.intervals.at(metric);
  std::string text = number_text(seen.metrics.at(metric), 3);
  if (std::isfinite(interval.low)) {
    text += " (" + number_text(interval.low, 3) + " to " + number_text(interval.high, 3) + ")";
  }
  return text;
}

std::string line(const std::string& title, const Sighting& seen) {
  return fmt::format("   {:<22} {:<24} {:<24} {:>8} % {:>8} %\n", title,
                     with_interval(seen, "auc_roc"), with_interval(seen, "f1_score"),
                     fixed(100 * seen.mean_probability, 2), fixed(100 * seen.positive_rate, 2));
}

}  // namespace

std::string time_check_text(const ConsoleStyle& style, const TimeCheck& check) {
  if (check.column.empty()) return "";
  std::string text = "\n" + mark(style, "⏳") + "Does it hold over time? Tested from " +
                     moment(check.tested_from) + " on by " + check.column + ", learned from " +
                     thousands(check.train_rows) + " rows before";
  if (check.left_out > 0) {
    text += " (" + thousands(check.left_out) + " less than the outcome takes before are left out)";
  }
  text += ":\n" + fmt::format("   {:<22} {:<24} {:<24} {:>10} {:>10}\n", "", "AUC-ROC", "F1-Score",
                              "predicted", "observed");
  text += line("Out of fold, at random", check.at_random) + line("The latest rows", check.latest);
  return text + "   " + (check.agrees ? check.verdict : toned(style, Tone::alarm, check.verdict)) +
         "\n";
}

}  // namespace rarewood

#include "rarewood/report/evaluate_text.hpp"

#include <cmath>

#include <fmt/format.h>

#include "rarewood/base/text.hpp"
#include "rarewood/report/calibration_text.hpp"
#include "rarewood/report/console.hpp"
#include "rarewood/report/console_detail.hpp"
#include "rarewood/report/groups_text.hpp"
#include "rarewood/report/segment_text.hpp"

namespace rarewood {
namespace {

std::string rows_line(const DataFacts& data) {
  const double rate = static_cast<double>(data.class_rows[1]) / static_cast<double>(data.rows);
  return "   Rows: " + thousands(data.rows) + ", " + fixed(100 * rate, 2) + " % of them '" +
         data.labels[1] + "'\n";
}

std::string difference_line(const MetricDifference& each) {
  return fmt::format("   {:<18} {:>8}   {} to {}\n", metric_title(each.metric),
                     number_text(each.difference, 4), number_text(each.interval.low, 4),
                     number_text(each.interval.high, 4));
}

/// Differences from other scores; flagging everyone is judged by the verdict alone.
std::string differences_text(const ConsoleStyle& style, const RunRecord& record) {
  std::string text;
  for (const Baseline& rival : record.baselines) {
    if (rival.name == "flag_all" || rival.name == "flag_none") continue;
    std::string lines;
    for (const MetricDifference& each : record.differences) {
      const bool told = each.rival == rival.name && std::isfinite(each.interval.low);
      if (told) lines += difference_line(each);
    }
    if (lines.empty()) continue;
    text += "\n" + mark(style, "⚖️ ") + "Less the " + rival.description +
            ", on the same rows (95 % intervals):\n" + lines;
  }
  return text;
}

}  // namespace

std::string evaluation_text(const ConsoleStyle& style, const RunRecord& record) {
  std::string text = mark(style, "📊") + "Judging scores of " + record.data.table + " against '" +
                     record.data.target + "'\n" + rows_line(record.data);
  text += report_text(style, record.classification_report) + key_metrics_text(style, record) +
          groups_text(record) + calibration_text(style, record) + baselines_text(style, record) +
          differences_text(style, record) + segments_text(style, record);
  return text;
}

}  // namespace rarewood

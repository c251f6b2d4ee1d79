#include "rarewood/report/segment_text.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "rarewood/base/text.hpp"

namespace rarewood {
namespace {

std::string percent(double share) { return fixed(100 * share, 2) + " %"; }

double share(std::uint64_t part, std::uint64_t whole) {
  return static_cast<double>(part) / static_cast<double>(whole);
}

/// "0.912 (0.901 to 0.922)"
std::string with_interval(const Segment& segment, const std::string& metric) {
  const double value = segment.metrics.at(metric);
  const Interval& interval = segment.intervals.at(metric);
  if (std::isnan(interval.low)) return number_text(value, 3);
  return number_text(value, 3) + " (" + number_text(interval.low, 3) + " to " +
         number_text(interval.high, 3) + ")";
}

/// Why a level is not compared.
std::string mark_of(const Segment& segment) {
  if (segment.few_groups) return "   few groups";
  if (segment.few) return "   few";
  return segment.compared ? "" : "   alone";
}

std::string line_text(const Segment& segment, std::size_t columns) {
  return fmt::format(
      "   {} {:>10} {:>9} {:>9} {:>9}   {:<22}   {:<22}{}\n", padded(segment.level, columns),
      thousands(segment.rows), percent(share(segment.positives, segment.rows)),
      percent(segment.mean_probability), percent(share(segment.flagged, segment.rows)),
      with_interval(segment, "auc_roc"), with_interval(segment, "f1_score"), mark_of(segment));
}

/// What the marks in use mean.
std::string legend_text(const std::vector<Segment>& segments) {
  const std::pair<const char*, const char*> meanings[] = {
      {"few groups", "rows of fewer than 5 groups, so no intervals and no comparison"},
      {"few", "fewer than 20 rows of a class, so exact intervals or none and no comparison"},
      {"alone", "no other level has enough rows to compare the ranking with"}};
  std::string text;
  for (const auto& [mark, meaning] : meanings) {
    const bool used = std::ranges::any_of(segments, [&](const Segment& segment) {
      return mark_of(segment) == std::string("   ") + mark;
    });
    if (used) text += std::string("   ") + mark + ": " + meaning + "\n";
  }
  return text;
}

std::string table_text(const Segmentation& segmentation) {
  std::size_t columns = 5;
  for (const Segment& segment : segmentation.segments) {
    columns = std::max(columns, columns_of(segment.level));
  }
  std::string text =
      fmt::format("   {} {:>10} {:>9} {:>9} {:>9}   {:<22}   {}\n", padded("level", columns),
                  "rows", "positive", "predicted", "flagged", "AUC", "F1");
  for (const Segment& segment : segmentation.segments) text += line_text(segment, columns);
  return text + legend_text(segmentation.segments);
}

}  // namespace

std::string segments_text(const ConsoleStyle& style, const RunRecord& record) {
  std::string text;
  for (const Segmentation& segmentation : record.segmentations) {
    const std::string title = "\n" + mark(style, "🔎") + "By " + segmentation.column +
                              (record.data.simulated ? " (simulated):" : ":");
    const std::string note = segmentation.note.empty() ? "" : "   " + segmentation.note + "\n";
    text += segmentation.asked ? title + "\n" + note + table_text(segmentation) + "   " +
                                     segmentation.verdict + "\n"
                               : title + " " + segmentation.verdict + "\n";
  }
  return text;
}

}  // namespace rarewood

#include "rarewood/report/horizon_text.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "rarewood/base/text.hpp"

namespace rarewood {
namespace {

std::string percent(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return "n/a";
  return fixed(100 * static_cast<double>(part) / static_cast<double>(whole), 2) + " %";
}

double figure(const HorizonPoint& point, const std::string& name) { return point.figures.at(name); }

/// "0.497 (0.489-0.505)"
std::string with_interval(double value, const Interval& interval) {
  return number_text(value, 3) + " (" + number_text(interval.low, 3) + "-" +
         number_text(interval.high, 3) + ")";
}

std::string with_interval(const HorizonPoint& point, const std::string& name) {
  return with_interval(figure(point, name), point.intervals.at(name));
}

std::string mark_of(const HorizonPoint& point) {
  if (point.leaks) return "!";
  return point.targets_met && point.beats_flag_all ? "*" : " ";
}

/// "  prec": what keeps a point from its star, in the words of the columns.
std::string shortfall(const HorizonPoint& point) {
  std::string words;
  for (const auto& [name, title] :
       {std::pair{"auc_roc", "AUC"}, std::pair{"f1_score", "F1"}, std::pair{"precision", "prec"},
        std::pair{"recall", "rec"}, std::pair{"f1_flag_all", "all"}}) {
    if (std::ranges::find(point.falls_short, name) == point.falls_short.end()) continue;
    words += (words.empty() ? "  " : " ") + std::string(title);
  }
  return words;
}

std::string point_line(const HorizonPoint& point) {
  const std::string head =
      fmt::format(" {} {:<8} {:>8} {:>8}", mark_of(point), point.as_of, thousands(point.at_risk),
                  percent(point.positives, point.at_risk));
  if (!point.judged()) return head + "   " + point.reason + "\n";
  return head +
         fmt::format(
             " {:>5}   {:<20} {:>5}   {:<20} {:>5} {:>5} {:>5} {:>7} {:>6}{}\n",
             number_text(100 * figure(point, "orders_ahead"), 0) + " %",
             with_interval(point, "auc_roc"), number_text(figure(point, "average_precision"), 3),
             with_interval(point, "f1_score"), number_text(figure(point, "f1_flag_all"), 3),
             number_text(figure(point, "precision"), 2), number_text(figure(point, "recall"), 2),
             number_text(100 * figure(point, "recall_at_top_10_percent"), 0) + " %",
             number_text(figure(point, "median_lead_minutes"), 1), shortfall(point));
}

std::string column_heads() {
  return fmt::format(
      "   {:<8} {:>8} {:>8} {:>5}   {:<20} {:>5}   {:<20} {:>5} {:>5} {:>5} {:>7} {:>6}  {}\n",
      "as of", "sessions", "base", "ahead", "AUC", "AP", "F1", "all", "prec", "rec", "top 10%",
      "lead", "short of");
}

/// "" where the population has no point.
std::string table_text(const HorizonRecord& record, const std::string& population,
                       const std::string& title) {
  std::string lines;
  std::string before;
  for (std::size_t i = 0; i < record.points.size(); ++i) {
    const HorizonPoint& point = record.points[i];
    if (point.population != population) continue;
    const bool all = population == "active" && all_are_active(record.points, i);
    if (!all) lines += point_line(point);
    if (all) before += (before.empty() ? "" : ", ") + point.as_of;
  }
  if (lines.empty() && before.empty()) return "";
  if (!lines.empty()) lines = column_heads() + lines;
  if (!before.empty()) lines += "   all are active, as above: " + before + "\n";
  return "\n" + title + "\n" + lines;
}

std::string legend(const HorizonRecord& record) {
  std::string text =
      "\n   ahead: orders still to come, of all orders; AP: average precision; all: F1 of flagging "
      "everyone;\n"
      "   prec, rec: precision and recall of the flags; top 10%: share of all orders among the "
      "tenth "
      "of the\n"
      "   sessions with the highest scores; lead: median minutes from the point to the order, of "
      "those caught at\n"
      "   the threshold; short of: what keeps a point from its star. In brackets 95 % intervals.\n"
      " * all targets met by the lower ends of the intervals, and flagging everyone beaten\n";
  const bool leaks = std::ranges::any_of(record.points, &HorizonPoint::leaks);
  if (leaks) text += " ! leaks: knows the outcome, and is no answer to how early\n";
  return text;
}

std::string diagnostics_text(const HorizonRecord& record) {
  std::string text =
      "\nOnly a diagnosis: AUC among the sessions that did go on, which is known only "
      "afterwards\n";
  std::vector<std::string> words;
  for (const HorizonPoint& point : record.diagnostics) {
    const auto auc = point.figures.find("auc_roc");
    if (auc == point.figures.end() || !std::isfinite(auc->second)) continue;
    words.push_back(number_text(auc->second, 3) + " of " + thousands(point.at_risk) + " at " +
                    point.as_of);
  }
  if (words.empty()) return "";
  for (std::size_t i = 0; i < words.size(); ++i) {
    text += (i == 0 ? "   " : i % 4 == 0 ? ",\n   " : ", ") + words[i];
  }
  return text + "\n";
}

std::string alert_text(const HorizonAlert& alert) {
  std::string text = "\nOne alert a session, at the first look that passes\n";
  if (!alert.reason.empty()) return text + "   " + alert.reason + "\n";
  for (std::size_t i = 0; i < alert.looks.size(); ++i) {
    text += (i == 0 ? "   alerts: " : ", ") + thousands(alert.alerts_by_look[i]) + " at " +
            alert.looks[i];
  }
  text += '\n';
  for (const auto& [name, title] :
       {std::pair{"alerted", "alerted"}, std::pair{"precision", "precision"},
        std::pair{"recall", "recall of all orders"}, std::pair{"f1_score", "F1"}}) {
    text += "   " + padded(title, 22) +
            with_interval(alert.figures.at(name), alert.intervals.at(name)) + "\n";
  }
  text += "   " + padded("F1 of alerting all", 22) +
          number_text(alert.figures.at("f1_flag_all"), 3) + "\n   " + padded("median lead", 22) +
          number_text(alert.figures.at("median_lead_minutes"), 1) + " min\n";
  return text;
}

std::string heading(const ConsoleStyle& style, const HorizonRecord& record) {
  const std::string simulated = record.run.data.simulated ? " (simulated data)" : "";
  const std::string rows = record.judged_on == "test"
                               ? " sessions of the test part"
                               : " sessions, each by models that did not see it";
  return mark(style, "⏱️ ") + "How early can it be known who will order?" + simulated + "\n   " +
         thousands(record.sessions) + " sessions; " + thousands(record.decided) +
         " with a page and an outcome known when the data end, " + thousands(record.orders) +
         " of them with an order.\n   " + record.method + ", one model a point.\n   Judged on " +
         thousands(record.judged_sessions) + rows + ", " + thousands(record.judged_orders) +
         " with an order.\n";
}

}  // namespace

std::string horizon_text(const ConsoleStyle& style, const HorizonRecord& record) {
  std::string text = heading(style, record) +
                     table_text(record, "at_risk", "All sessions at risk") +
                     table_text(record, "active",
                                "Active sessions: a page seen within the last " +
                                    record.active_within + " before the point") +
                     legend(record) + diagnostics_text(record);
  if (record.alert_once) text += alert_text(*record.alert_once);
  return text + "\n" + mark(style, "🎯") + record.answer + "\n";
}

}  // namespace rarewood

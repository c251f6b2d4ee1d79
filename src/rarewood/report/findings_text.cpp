#include "rarewood/report/findings_text.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "rarewood/base/text.hpp"

namespace rarewood {
namespace {

/// More notes of one kind are counted only.
constexpr std::size_t kMostOfAKind = 5;

std::string heading(const ConsoleStyle& style, const Finding& finding) {
  switch (finding.level) {
    case FindingLevel::proved:
      return mark(style, "⚠️ ") + toned(style, Tone::alarm, "LEAK: " + finding.what);
    case FindingLevel::suspect:
      return mark(style, "❓") + toned(style, Tone::alarm, "SUSPECT: " + finding.what);
    case FindingLevel::note: break;
  }
  return "Note: " + finding.what;
}

std::string finding_text(const ConsoleStyle& style, const Finding& finding) {
  return "\n" + heading(style, finding) + "\n   " + finding.evidence + "\n   " + finding.remedy +
         "\n";
}

std::size_t count(const std::vector<Finding>& findings, FindingLevel level) {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(),
                    [&](const Finding& finding) { return finding.level == level; }));
}

std::string counted(std::size_t number, const std::string& word) {
  return fmt::format("{} {}{}", number, word, number == 1 ? "" : "s");
}

/// Notes come kind by kind; of each the first few, and how many more there are.
std::string all_findings_text(const ConsoleStyle& style, const std::vector<Finding>& findings) {
  std::map<std::string, std::size_t> of_kind;
  std::string text;
  for (const Finding& finding : findings) {
    const bool note = finding.level == FindingLevel::note;
    if (!note || ++of_kind[finding.kind] <= kMostOfAKind) text += finding_text(style, finding);
  }
  for (const auto& [kind, number] : of_kind) {
    if (number <= kMostOfAKind) continue;
    text += fmt::format("\nAnd {} of kind {}: --json FILE has all.\n",
                        counted(number - kMostOfAKind, "more note"), kind);
  }
  return text;
}

std::string table_line(const DataFacts& data) {
  const std::string point = data.prediction_point.empty() ? "" : ", as of " + data.prediction_point;
  return fmt::format("{}: {} rows, {} with {} = {}, {} columns{}{}\n", data.table,
                     thousands(data.rows), thousands(data.class_rows[1]), data.target,
                     data.labels[1], data.features, point, data.simulated ? " (simulated)" : "");
}

std::string result_line(const std::vector<Finding>& findings) {
  if (findings.empty()) return "Nothing found.\n";
  return fmt::format("Found: {}, {}, {}.\n", counted(count(findings, FindingLevel::proved), "leak"),
                     counted(count(findings, FindingLevel::suspect), "suspect"),
                     counted(count(findings, FindingLevel::note), "note"));
}

std::string difference_text(const WhatIfFigure& figure) {
  return fmt::format("{} ({} to {})", fixed(figure.changed, 4),
                     signed_fixed(figure.difference.low, 4),
                     signed_fixed(figure.difference.high, 4));
}

std::string figure_line(const WhatIfFigure& figure) {
  return fmt::format("   {}{:<10.4f} {}\n", padded(metric_title(figure.metric) + ":", 20),
                     figure.as_it_is, difference_text(figure));
}

std::string what_if_text(const WhatIf& what_if) {
  std::string text = fmt::format(
      "\nWhat if: {} {}, out of fold on the training rows\n   {}{:<10} {}\n", what_if.learner,
      what_if.change, padded("", 20), "as it is", "changed (95 % interval of the difference)");
  for (const WhatIfFigure& figure : what_if.figures) text += figure_line(figure);
  if (!std::isnan(what_if.cap)) {
    text +=
        "   A cap shows what rests on the highest values. It is no prediction point: that a row "
        "ended below\n   the cap is known only after its end, and a session known to have ended "
        "is known not to buy.\n";
  }
  return text;
}

}  // namespace

std::string findings_text(const ConsoleStyle& style, const std::vector<Finding>& findings) {
  std::string text;
  for (const Finding& finding : findings) {
    if (finding.level != FindingLevel::note) text += finding_text(style, finding);
  }
  const std::size_t notes = count(findings, FindingLevel::note);
  if (notes > 0) {
    text += fmt::format("\nThe audit has {} on the table: see them with 'rarewood audit'.\n",
                        counted(notes, "note"));
  }
  return text;
}

std::string audit_text(const ConsoleStyle& style, const AuditRecord& record) {
  std::string text = table_line(record.data) + result_line(record.findings);
  text += all_findings_text(style, record.findings);
  text += "\nLooked for:\n";
  for (const std::string& line : record.looked_for) text += "   - " + line + "\n";
  for (const WhatIf& what_if : record.what_if) text += what_if_text(what_if);
  return text;
}

}  // namespace rarewood

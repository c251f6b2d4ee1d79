#include "rarewood/report/console_detail.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>

#include <fmt/format.h>

#include "rarewood/base/text.hpp"
#include "rarewood/evaluate/metrics.hpp"
#include "rarewood/report/diagnosis.hpp"

namespace rarewood {
namespace {

constexpr std::size_t kMostBars = 10;

struct Line {
  std::string title;
  std::map<std::string, double> metrics;
};

std::string param_of(const RunRecord& record, const std::string& wanted) {
  for (const auto& [name, value] : record.params) {
    if (name == wanted) return value;
  }
  return "";
}

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char letter) { return std::toupper(letter); });
  return text;
}

std::string capitalised(std::string text) {
  if (!text.empty()) text[0] = upper(text.substr(0, 1))[0];
  return text;
}

std::string model_title(const RunRecord& record) {
  if (record.command == "compare") return "Chosen (" + record.comparison.chosen.text() + ")";
  const std::string balance = param_of(record, "balance");
  if (balance.empty() || balance == "none") return "This model";
  return "As asked (" + (balance == "class_weight" ? balance : upper(balance)) + ")";
}

std::string rival_title(const RunRecord& record, const Baseline& rival) {
  if (rival.name == "model") return model_title(record);
  if (rival.name == "flag_all") return "Flagging everyone";
  if (rival.name == "flag_none") return "Flagging nobody";
  if (rival.name == "no_resampling") {
    return param_of(record, "learner") == "forest" ? "Same forest without" : "Same learner without";
  }
  return capitalised(rival.description);
}

/// The model and the rivals judged on one kind of rows. Of the judged rows the model's own metrics
/// are the record's; of out-of-fold rows they stand among the baselines, named "model".
std::vector<Line> lines_judged_on(const RunRecord& record, const std::string& rows) {
  std::vector<Line> lines;
  for (const Baseline& rival : record.baselines) {
    if (rival.judged_on != rows) continue;
    if (lines.empty() && rows != "out_of_fold")
      lines.push_back({model_title(record), record.metrics});
    lines.push_back({rival_title(record, rival), rival.metrics});
  }
  return lines;
}

std::string line_text(const Line& line, std::size_t columns) {
  std::string text = "   " + padded(line.title + ":", columns + 1);
  for (const auto& [key, title] :
       {std::pair{"cost", "cost"}, std::pair{"net_benefit", "net benefit"},
        std::pair{"f_beta", "F-beta"}, std::pair{"f1_score", "F1"}, std::pair{"auc_roc", "AUC"},
        std::pair{"log_loss", "log loss"}}) {
    const auto found = line.metrics.find(key);
    if (found != line.metrics.end()) {
      text += fmt::format("   {} {}", title, number_text(found->second, 4));
    }
  }
  return text + "\n";
}

std::string lines_text(const std::vector<Line>& lines) {
  std::size_t columns = 0;
  for (const Line& line : lines) columns = std::max(columns, columns_of(line.title));
  std::string text;
  for (const Line& line : lines) text += line_text(line, columns);
  return text;
}

/// "   95 % intervals of this model: F1 0.47 to 0.49, AUC 0.85 to 0.86"
std::string interval_line(const Slice& slice) {
  std::vector<std::string> parts;
  for (const auto& [key, title] : {std::pair{"f1_score", "F1"}, std::pair{"auc_roc", "AUC"}}) {
    const auto found = slice.intervals.find(key);
    if (found == slice.intervals.end() || !std::isfinite(found->second.low)) continue;
    parts.push_back(std::string(title) + " " + number_text(found->second.low, 3) + " to " +
                    number_text(found->second.high, 3));
  }
  return parts.empty() ? "" : "   95 % intervals of this model: " + listed(parts) + "\n";
}

Tone tone_of(const std::string& verdict) {
  return verdict == "met" ? Tone::good : verdict == "not met" ? Tone::bad : Tone::alarm;
}

std::string target_line(const ConsoleStyle& style, const RunRecord& record,
                        const TargetCheck& check) {
  const auto metric = record.metrics.find(check.metric);
  const auto interval = record.intervals.find(check.metric);
  const double value = metric == record.metrics.end() ? std::nan("") : metric->second;
  const double low = interval == record.intervals.end() ? std::nan("") : interval->second.low;
  const std::string verdict = padded(check.verdict, 16);
  return fmt::format("   {:<10} {:>7} {:>11}   > {:.2f} {}   > {:.2f} {}\n",
                     metric_title(check.metric), number_text(value, 4), number_text(low, 4),
                     check.minimum, toned(style, tone_of(check.verdict), verdict), check.good,
                     toned(style, tone_of(check.good_verdict), check.good_verdict));
}

std::string bar(const ConsoleStyle& style, double share, std::size_t columns) {
  const double cells = std::clamp(share, 0.0, 1.0) * static_cast<double>(columns);
  const auto whole = static_cast<std::size_t>(std::lround(cells));
  std::string drawn;
  for (std::size_t i = 0; i < whole; ++i) drawn += style.plain ? "#" : "█";
  if (whole == 0 && share > 0) drawn = style.plain ? "." : "▏";
  return padded(drawn, columns);
}

/// Each sentence on a line of its own, below the first.
std::string sentence_lines(std::string text) {
  for (std::size_t at = 0; (at = text.find(". ", at)) != std::string::npos; at += 5) {
    text.replace(at, 2, ".\n   ");
  }
  return text;
}

}  // namespace

std::string baselines_text(const ConsoleStyle& style, const RunRecord& record) {
  std::string text;
  for (const auto& [rows, caption] :
       {std::pair{"test", "the same test rows"}, std::pair{"table", "the same rows"},
        std::pair{"out_of_fold", "the same training rows, out of fold"}}) {
    const std::vector<Line> lines = lines_judged_on(record, rows);
    if (lines.empty()) continue;
    text += "\n" + mark(style, "📏") + "Beside simple rivals, on " + caption +
            (record.data.simulated ? " (simulated):\n" : ":\n") + lines_text(lines);
  }
  if (!record.verdict.empty()) text += "\n   Verdict: " + sentence_lines(record.verdict) + "\n";
  return text;
}

std::string all_rows_text(const ConsoleStyle& style, const Slice& all_rows) {
  if (all_rows.rows == 0) return "";
  std::string text = "\n" + mark(style, "🔁") + "On all " + thousands(all_rows.rows) + " rows, " +
                     thousands(all_rows.positives) + " of them positive (" + all_rows.description +
                     "):\n";
  for (const MetricInfo& metric : kMetrics) {
    const Interval& interval = all_rows.intervals.at(metric.name);
    text += fmt::format("   {:<18} {:>7}", metric_title(metric.name),
                        number_text(all_rows.metrics.at(metric.name), 4));
    if (std::isfinite(interval.low)) {
      text += "   " + number_text(interval.low, 4) + " to " + number_text(interval.high, 4);
    }
    text += '\n';
  }
  return text + "   Believe these rather than the figures of the test part.\n";
}

std::string slices_text(const ConsoleStyle& style, const RunRecord& record) {
  std::string text;
  for (const Slice& slice : record.slices) {
    const double rate =
        100 * static_cast<double>(slice.positives) / static_cast<double>(slice.rows);
    std::vector<Line> lines{{model_title(record), slice.metrics}};
    for (const Baseline& rival : slice.baselines) {
      lines.push_back({rival_title(record, rival), rival.metrics});
    }
    text += "\n" + mark(style, "👥") + "On the " + slice.name + " test rows only (" +
            slice.description + "): " + thousands(slice.rows) + " rows, " + number_text(rate, 2) +
            " % positive" + (record.data.simulated ? " (simulated):\n" : ":\n") +
            lines_text(lines) + interval_line(slice);
  }
  return text;
}

std::string targets_text(const ConsoleStyle& style, const RunRecord& record) {
  if (record.targets.empty()) return "";
  std::string text = "\n" + mark(style, "🏁") + "Targets, judged by the lower end of the interval";
  text += record.data.simulated ? " (simulated data):\n" : ":\n";
  text += fmt::format("   {:<10} {:>7} {:>11}   {:<23}   {}\n", "", "value", "lower end", "minimum",
                      "good");
  for (const TargetCheck& check : record.targets) text += target_line(style, record, check);
  return text;
}

std::string importance_text(const ConsoleStyle& style, const RunRecord& record) {
  if (record.importance.empty()) return "";
  const std::size_t shown = std::min(kMostBars, record.importance.size());
  std::size_t names = 0;
  for (std::size_t i = 0; i < shown; ++i) {
    names = std::max(names, columns_of(record.importance[i].feature));
  }
  const double largest = std::max(record.importance[0].importance, 1e-300);
  const std::size_t room = static_cast<std::size_t>(std::clamp(style.width, 60, 100));
  const std::size_t columns = room > names + 30 ? room - names - 15 : 15;
  std::string text =
      "\n" + mark(style, "🌳") + "Feature importance (" + record.importance_measure + "):\n";
  for (std::size_t i = 0; i < shown; ++i) {
    const auto& [feature, importance] = record.importance[i];
    text += "   " + padded(feature, names) + "  " + bar(style, importance / largest, columns) +
            "  " + fixed(importance, 4) + "\n";
  }
  const std::size_t hidden = record.importance.size() - shown;
  if (hidden > 0) text += fmt::format("   and {} less important\n", hidden);
  return text;
}

std::string diagnoses_text(const ConsoleStyle& style, const RunRecord& record) {
  std::string text;
  for (const std::string& sentence : diagnose(record)) {
    text +=
        (text.empty() ? "\n" + mark(style, "🩺") + "Diagnosis:\n" : "") + "   " + sentence + "\n";
  }
  return text;
}

}  // namespace rarewood

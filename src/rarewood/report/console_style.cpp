#include "rarewood/report/console_style.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "rarewood/base/text.hpp"

namespace rarewood {

std::string mark(const ConsoleStyle& style, std::string_view emoji) {
  return style.plain ? "" : std::string(emoji) + " ";
}

std::string toned(const ConsoleStyle& style, Tone tone, const std::string& text) {
  if (!style.colour) return text;
  const char* code = tone == Tone::good ? "32" : tone == Tone::bad ? "31" : "1;33";
  return std::string("\x1b[") + code + "m" + text + "\x1b[0m";
}

std::size_t columns_of(std::string_view text) {
  const auto continues = [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
  };
  return text.size() - static_cast<std::size_t>(std::ranges::count_if(text, continues));
}

std::string padded(std::string text, std::size_t columns) {
  const std::size_t taken = columns_of(text);
  if (taken < columns) text.append(columns - taken, ' ');
  return text;
}

std::string number_text(double value, int decimals) {
  return std::isfinite(value) ? fixed(value, decimals) : "n/a";
}

std::string range_text(const Interval& interval, int decimals) {
  if (!std::isfinite(interval.low) || !std::isfinite(interval.high)) return "no interval";
  return number_text(interval.low, decimals) + " to " + number_text(interval.high, decimals);
}

std::string metric_title(const std::string& key) {
  static const std::map<std::string, std::string> kTitles{
      {"f1_score", "F1-Score"},
      {"auc_roc", "AUC-ROC"},
      {"precision", "Precision"},
      {"recall", "Recall"},
      {"brier", "Brier score"},
      {"average_precision", "Average precision"},
      {"log_loss", "Log loss"},
      {"accuracy", "Accuracy"},
      {"specificity", "Specificity"},
      {"geometric_mean", "Geometric mean"},
      {"balanced_index", "Balanced index"},
      {"f_beta", "F-beta"},
      {"cost", "Cost of a row"},
      {"net_benefit", "Net benefit of a row"},
  };
  const auto found = kTitles.find(key);
  return found == kTitles.end() ? key : found->second;
}

}  // namespace rarewood

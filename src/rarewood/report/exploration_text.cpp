#include "rarewood/report/exploration_text.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "rarewood/base/text.hpp"

namespace rarewood {
namespace {

constexpr std::size_t kMostListed = 40;
constexpr std::size_t kMostShown = 20;

double share(std::uint64_t part, std::uint64_t all) {
  return static_cast<double>(part) / static_cast<double>(all);
}

std::string percent(double value, int decimals) { return fixed(100 * value, decimals) + " %"; }

const ColumnProfile* profile_of(const Exploration& exploration, const std::string& column) {
  const auto found =
      std::find_if(exploration.contents.begin(), exploration.contents.end(),
                   [&](const ColumnProfile& profile) { return profile.column == column; });
  return found == exploration.contents.end() ? nullptr : &*found;
}

/// "0 to 23, median 14; 24 values; 1.2 % missing"
std::string content_of(const ColumnProfile& profile, std::uint64_t rows) {
  std::string text;
  if (!profile.median.empty()) {
    text = profile.low + " to " + profile.high + ", median " + profile.median + "; ";
  }
  text += thousands(profile.distinct) + (profile.distinct == 1 ? " value" : " values");
  if (profile.missing > 0) text += "; " + percent(share(profile.missing, rows), 1) + " missing";
  return text;
}

/// \param how  else to see them, beside --json
std::string rest_text(std::size_t left, const std::string& how) {
  if (left == 0) return "";
  return fmt::format("   and {} more column{}: {}--json FILE has all\n", thousands(left),
                     left == 1 ? "" : "s", how);
}

std::string dictionary_text(const Exploration& exploration) {
  std::size_t widest = 6;
  for (const ColumnNote& note : exploration.dictionary) {
    widest = std::max(widest, columns_of(note.name));
  }
  std::string text;
  const std::size_t listed = std::min(exploration.dictionary.size(), kMostListed);
  for (std::size_t i = 0; i < listed; ++i) {
    const ColumnNote& note = exploration.dictionary[i];
    const ColumnProfile* profile = profile_of(exploration, note.name);
    text += "   " + padded(note.name, widest + 2) + padded(note.type, 15);
    if (profile != nullptr && note.taken) {
      text += padded(profile->kind, 10) + content_of(*profile, exploration.data.rows);
    } else {
      text += note.role + (note.why.empty() ? "" : ": " + note.why);
    }
    text += '\n';
  }
  return text + rest_text(exploration.dictionary.size() - listed, "");
}

std::string row_text(const ValueRate& each, std::size_t widest) {
  const std::string interval =
      fixed(100 * each.interval.low, 2) + " to " + fixed(100 * each.interval.high, 2);
  return "   " + padded(each.value, widest + 2) +
         fmt::format("{:>11} {:>11} {:>8}   {:<17} {:>6}\n", thousands(each.rows.rows()),
                     thousands(each.rows.n1), percent(each.rate, 2), interval, fixed(each.lift, 2));
}

std::string profile_text(const ColumnProfile& profile) {
  std::size_t widest = 8;
  for (const ValueRate& each : profile.values) widest = std::max(widest, columns_of(each.value));
  std::string text = "   " + padded("", widest + 2) +
                     fmt::format("{:>11} {:>11} {:>8}   {:<17} {:>6}\n", "rows", "positive", "rate",
                                 "95 % interval", "lift");
  for (const ValueRate& each : profile.values) text += row_text(each, widest);
  return text + (profile.note.empty() ? "" : "   " + profile.note + "\n");
}

std::string bearing_of(const ColumnProfile& profile) {
  if (profile.explained == 0) return "no more than chance may make";
  return "takes away " + percent(profile.explained, 2) + " of the uncertainty";
}

std::string point_text(const DataFacts& data) {
  std::string text = data.prediction_point.empty() ? "" : " as of " + data.prediction_point;
  return text + (data.simulated ? " (simulated)" : "");
}

}  // namespace

std::string exploration_text(const ConsoleStyle& style, const Exploration& exploration) {
  const DataFacts& data = exploration.data;
  const double base_rate = share(data.class_rows[1], data.rows);
  std::string text = mark(style, "📋") + data.table + point_text(data) + ": " +
                     thousands(data.rows) + " rows, " + thousands(data.class_rows[1]) + " with " +
                     data.target + " = " + data.labels[1] + " (" + percent(base_rate, 2) + ")\n" +
                     dictionary_text(exploration);
  text += "\n" + mark(style, "📊") +
          "How often it happens, by value; lift is the rate over that of all rows. The most "
          "telling columns first.\n";
  const std::size_t most = exploration.chosen ? exploration.columns.size() : kMostShown;
  const std::size_t shown = std::min(exploration.columns.size(), most);
  for (std::size_t i = 0; i < shown; ++i) {
    const ColumnProfile& profile = exploration.columns[i];
    text += "\n" + profile.column + " (" + profile.kind + ", " + bearing_of(profile) + ")\n" +
            profile_text(profile);
  }
  const std::size_t left = exploration.columns.size() - shown;
  if (left > 0) text += "\n" + rest_text(left, "--columns NAMES shows some, ");
  if (exploration.over_time) {
    text += "\n" + mark(style, "📅") + "By " + exploration.over_time->column + "\n" +
            profile_text(*exploration.over_time);
  }
  return text;
}

}  // namespace rarewood

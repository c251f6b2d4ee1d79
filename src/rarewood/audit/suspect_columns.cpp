#include "rarewood/audit/suspect_columns.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "rarewood/audit/by_column.hpp"
#include "rarewood/audit/question.hpp"
#include "rarewood/base/text.hpp"

namespace rarewood {
namespace {

constexpr double kCopy = 0.9;
constexpr double kStrong = 0.15;
constexpr double kStandsOut = 2;
constexpr double kStrongTogether = 0.3;
constexpr double kStandOutTogether = 3;
constexpr std::size_t kFewTogether = 3;  ///< more must be fewer than the others
constexpr double kFaint = 0.01;          ///< what a column must explain to count as a rival
constexpr double kGap = 0.05;
constexpr double kGapShare = 0.5;
constexpr double kDominant = 0.8;
constexpr double kNearlyUnique = 0.9;
constexpr std::uint64_t kFewestNumbered = 100;
constexpr double kCloseTogether = 4;  ///< places for each number

std::string percent(double share) { return fixed(100 * share, 1) + " %"; }

std::string interval_text(const Interval& interval) {
  return percent(std::max(0.0, interval.low)) + " to " + percent(interval.high);
}

/// "alone explains 19.5 % of bought (95 % interval 18.2 % to 20.8 %; AUC 0.804)"
std::string explains(const AuditedTable& table, std::size_t feature) {
  const Strength& strength = table.strengths[feature];
  return fmt::format("alone explains {} of what there is to know of {} (95 % interval {}; AUC {})",
                     percent(std::max(0.0, strength.information)), table.schema.target.name,
                     interval_text(strength.information_interval), fixed(strength.auc_roc, 3));
}

Finding suspect(const AuditedTable& table, std::size_t feature, const std::string& kind) {
  Finding finding =
      begin_finding(FindingLevel::suspect, kind, "L2", table.schema.features[feature].name);
  finding.remedy = ask({finding.column});
  finding.measure = "information";
  finding.value = table.strengths[feature].information;
  finding.interval = table.strengths[feature].information_interval;
  return finding;
}

Finding target_copy(const AuditedTable& table, std::size_t feature) {
  Finding finding = suspect(table, feature, "target_copy");
  finding.what = finding.column + " nearly repeats the target";
  finding.evidence = finding.column + " " + explains(table, feature) + '.';
  return finding;
}

Finding strong_column(const AuditedTable& table, std::size_t feature, std::size_t next) {
  Finding finding = suspect(table, feature, "strong_column");
  finding.what = finding.column + " knows far more than the others";
  finding.evidence = fmt::format("{} {}; the next best column, {}, {}.", finding.column,
                                 explains(table, feature), table.schema.features[next].name,
                                 percent(std::max(0.0, table.strengths[next].information)));
  return finding;
}

/// Features, the most informative first; of those that say the same only one.
std::vector<std::size_t> by_information(const AuditedTable& table) {
  std::vector<std::size_t> order;
  for (std::size_t f = 0; f < table.alike.size(); ++f) {
    if (table.alike[f] == f) order.push_back(f);
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const double x = table.strengths[a].information;
    const double y = table.strengths[b].information;
    return x != y ? x > y : a < b;
  });
  return order;
}

/// How many columns at the head of the order stand out from all others; 0: none.
std::size_t standing_out(const AuditedTable& table, const std::vector<std::size_t>& order) {
  const std::size_t most = std::max(kFewTogether, order.size() / 2);
  for (std::size_t head = 1; head <= most && head < order.size(); ++head) {
    const Strength& last = table.strengths[order[head - 1]];
    const double next = std::max(kFaint, table.strengths[order[head]].information);
    const double least = head == 1 ? kStrong : kStrongTogether;
    const double times = head == 1 ? kStandsOut : kStandOutTogether;
    if (last.information_low >= least && last.information >= times * next) return head;
  }
  return 0;
}

/// A column's distinct values and the rows that have one.
struct Repeats {
  std::uint64_t rows = 0;
  std::uint64_t distinct = 0;
  bool whole = true;
  double width = 0;  ///< from the lowest to the highest, in whole numbers
};

Repeats repeats_of(const AuditedTable& table, std::size_t feature) {
  const Patterns& patterns = *table.cells.patterns;
  std::vector<float> values;
  Repeats repeats;
  const auto column = patterns.column(feature);
  for (const Cell& cell : table.cells.cells) {
    if (!std::isnan(column[cell.pattern])) repeats.rows += std::uint64_t{cell.n0} + cell.n1;
  }
  for (const float value : column) {
    if (std::isnan(value)) continue;
    values.push_back(value);
    repeats.whole = repeats.whole && value == std::floor(value);
  }
  std::sort(values.begin(), values.end());
  if (!values.empty()) {
    repeats.width = static_cast<double>(values.back()) - static_cast<double>(values.front()) + 1;
  }
  values.erase(std::unique(values.begin(), values.end()), values.end());
  repeats.distinct = values.size();
  return repeats;
}

bool names_rows(const Feature& feature, const Repeats& repeats) {
  const auto distinct = static_cast<double>(repeats.distinct);
  const auto rows = static_cast<double>(repeats.rows);
  if (repeats.distinct < kFewestNumbered) return false;
  if (feature.kind == FeatureKind::category) return rows < 2 * distinct;
  if (feature.kind != FeatureKind::number || !repeats.whole) return false;
  return distinct >= kNearlyUnique * rows && repeats.width <= kCloseTogether * rows;
}

}  // namespace

std::vector<Finding> find_strong_columns(const AuditedTable& table) {
  const std::vector<std::size_t> order = by_information(table);
  const std::size_t head = standing_out(table, order);
  std::vector<std::size_t> place(table.alike.size());
  for (std::size_t i = 0; i < order.size(); ++i) place[order[i]] = i;
  std::vector<std::size_t> all(table.alike.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  std::sort(all.begin(), all.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(place[table.alike[a]], a) < std::pair(place[table.alike[b]], b);
  });
  std::vector<Finding> findings;
  for (const std::size_t f : all) {
    const bool copies = table.strengths[f].information_low >= kCopy;
    if (!copies && place[table.alike[f]] >= head) continue;
    findings.push_back(copies ? target_copy(table, f) : strong_column(table, f, order[head]));
  }
  return findings;
}

std::vector<Finding> find_informative_gaps(const AuditedTable& table) {
  std::vector<Finding> findings;
  for (std::size_t f = 0; f < table.of_missing.size(); ++f) {
    const Strength& gap = table.of_missing[f];
    if (gap.information_low < kGap) continue;
    if (gap.information < kGapShare * table.strengths[f].information) continue;
    Finding finding = suspect(table, f, "missingness");
    finding.value = gap.information;
    finding.interval = gap.information_interval;
    finding.what = "whether " + finding.column + " has a value tells the target";
    finding.evidence = fmt::format(
        "Only whether {} is missing explains {} of what there is to know of {} (95 % interval {}; "
        "AUC {}).",
        finding.column, percent(gap.information), table.schema.target.name,
        interval_text(gap.information_interval), fixed(gap.auc_roc, 3));
    findings.push_back(std::move(finding));
  }
  return findings;
}

std::vector<Finding> find_identifiers(const AuditedTable& table, const Control& control) {
  return by_column(control, table.strengths.size(), [&](std::size_t f) -> std::optional<Finding> {
    const Repeats repeats = repeats_of(table, f);
    if (!names_rows(table.schema.features[f], repeats)) return std::nullopt;
    Finding finding = suspect(table, f, "identifier");
    finding.what = finding.column + " names rows";
    finding.evidence = fmt::format("{} has {} different values in {} rows; {}.", finding.column,
                                   thousands(repeats.distinct), thousands(repeats.rows),
                                   "it " + explains(table, f));
    finding.remedy = "A model learns single rows by it: leave it out with --exclude " +
                     finding.column +
                     ". If it is a measurement, say so once in rarewood.toml: "
                     "[available_at] " +
                     finding.column + " = \"before\".";
    return finding;
  });
}

std::vector<Finding> find_dominant(const std::vector<FeatureImportance>& importance) {
  if (importance.size() < 2 || importance.front().importance <= kDominant) return {};
  Finding finding =
      begin_finding(FindingLevel::suspect, "dominant", "L2", importance.front().feature);
  finding.what = "the model is little more than " + finding.column;
  finding.evidence = fmt::format("{} has {} of the model's importance; the next, {}, {}.",
                                 finding.column, percent(importance[0].importance),
                                 importance[1].feature, percent(importance[1].importance));
  finding.remedy = ask({finding.column});
  finding.measure = "importance";
  finding.value = importance.front().importance;
  return {finding};
}

}  // namespace rarewood

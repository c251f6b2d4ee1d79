#include "rarewood/audit/leak.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <span>
#include <string>

#include <fmt/format.h>

#include "rarewood/audit/column_search.hpp"
#include "rarewood/audit/question.hpp"
#include "rarewood/base/parallel.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/feature/value_text.hpp"

namespace rarewood {
namespace {

constexpr std::uint64_t kMinSupport = 20;
constexpr double kMinShare = 0.05;     ///< of all positive rows, for a single value
constexpr double kMinEndShare = 0.95;  ///< for an end of the scale: honest columns have pure tails
constexpr double kMaxChance = 1e-6;
constexpr double kProof = 0.95;      ///< purity of a rule, its lower 95 % bound
constexpr double kMostCommon = 0.2;  ///< beyond, values that only one class has are no rarity
constexpr std::size_t kMostNamed = 3;

/// "engagement_depth = 7", "country = FR or DE"
std::string equals_text(const Feature& feature, const std::vector<ValueRows>& values) {
  if (values.size() == 1 && std::isnan(values[0].value)) return feature.name + " is missing";
  std::string text = feature.name + " = ";
  for (std::size_t i = 0; i < std::min(values.size(), kMostNamed); ++i) {
    text += (i > 0 ? " or " : "") + value_text(feature, values[i].value);
  }
  if (values.size() > kMostNamed) {
    text += " or one of " + std::to_string(values.size() - kMostNamed) + " others";
  }
  return text;
}

std::uint64_t sum_of(const std::vector<ValueRows>& values) {
  std::uint64_t sum = 0;
  for (const ValueRows& each : values) sum += each.rows;
  return sum;
}

/// Whether rows that are all of one class bound the purity of their rule from below by kProof:
/// the purity under which that many in a row still come with a chance of 5 %.
bool proves_purity(std::uint64_t rows) {
  return std::log(0.05) >= static_cast<double>(rows) * std::log(kProof);
}

struct Evidence {
  FindingLevel level = FindingLevel::proved;
  std::string text;
};

/// Evidence for the rules of one column, the strongest first found.
class ColumnRules {
 public:
  ColumnRules(const RuleSearch& search, std::size_t feature)
      : search_(search),
        feature_(search.schema.features[feature]),
        positives_(search, feature, &PatternRows::n1, &PatternRows::n0),
        negatives_(search, feature, &PatternRows::n0, &PatternRows::n1) {}

  std::optional<Evidence> evidence() const {
    const Target& target = search_.schema.target;
    if (auto found = exact(positives_, class_text(target.positive))) return found;
    if (auto found = exact(negatives_, class_text(target.negative))) return found;
    return of_positives();
  }

 private:
  std::string class_text(const std::string& label) const {
    return search_.schema.target.name + " = " + label;
  }

  /// "a >= 7" or "a <= 7"
  std::string end_text(bool upper, const ValueRows& end) const {
    return feature_.name + (upper ? " >= " : " <= ") + value_text(feature_, end.value);
  }

  static std::string exact_text(const std::string& rule, const std::string& class_text,
                                std::uint64_t rows) {
    return rule + " exactly where " + class_text + ": in all " + thousands(rows) +
           " such rows and in no other.";
  }

  /// One value, or one end of the scale, is the class.
  std::optional<Evidence> exact(const ColumnSearch& side, const std::string& class_text) const {
    const ValueRows only = side.only_value();
    if (only.rows > 0) {
      return of_exact(exact_text(equals_text(feature_, {only}), class_text, only.rows), true);
    }
    for (const bool upper : {true, false}) {
      const ValueRows end = side.pure_end(upper);
      if (end.rows == side.own_rows()) {
        return of_exact(exact_text(end_text(upper, end), class_text, end.rows),
                        side.others_are_alike());
      }
    }
    return std::nullopt;
  }

  std::string partial_text(const std::string& rule, std::uint64_t rows) const {
    const std::string positive = class_text(search_.schema.target.positive);
    const double share = static_cast<double>(rows) / static_cast<double>(search_.totals.n1) * 100;
    return rule + " in " + thousands(rows) + " rows, and " + positive +
           " in every one of them: " + fixed(share, 1) + " % of all such rows.";
  }

  std::uint64_t share_of_positives(double share) const {
    const double rows = share * static_cast<double>(search_.totals.n1);
    return std::max(kMinSupport, static_cast<std::uint64_t>(std::ceil(rows)));
  }

  /// A rule that holds for all rows: as sure as the rarer class has rows.
  /// \param proves  false of measurements that spread on both sides: classes may lie so far apart
  Evidence of_exact(const std::string& text, bool proves) const {
    const bool sure = proves && proves_purity(std::min(search_.totals.n0, search_.totals.n1));
    return {sure ? FindingLevel::proved : FindingLevel::suspect, text};
  }

  /// Honest columns, too, have values that only one class has where that class is common.
  Evidence of_part(const std::string& rule, std::uint64_t rows, bool proves) const {
    const bool rare = positives_.others_are_missing() || search_.totals.base_rate() <= kMostCommon;
    const double nearly_all = kMinEndShare * static_cast<double>(search_.totals.n1);
    const bool asks = positives_.others_are_missing() || static_cast<double>(rows) >= nearly_all;
    const FindingLevel otherwise = asks ? FindingLevel::suspect : FindingLevel::note;
    return {proves && rare && proves_purity(rows) ? FindingLevel::proved : otherwise,
            partial_text(rule, rows)};
  }

  /// An end of the scale with at least this share of the positive rows.
  std::optional<Evidence> pure_end(double share) const {
    for (const bool upper : {true, false}) {
      const ValueRows end = positives_.pure_end(upper);
      if (end.rows < share_of_positives(share)) continue;
      return of_part(end_text(upper, end), end.rows, positives_.others_are_alike());
    }
    return std::nullopt;
  }

  /// Several values, or a part of the positive rows.
  std::optional<Evidence> of_positives() const {
    std::vector<ValueRows> values = positives_.pure_values(kMinSupport);
    if (sum_of(values) == search_.totals.n1) {
      return of_exact(exact_text(equals_text(feature_, values),
                                 class_text(search_.schema.target.positive), search_.totals.n1),
                      true);
    }
    if (positives_.others_are_missing()) {
      if (auto found = pure_end(kMinShare)) return found;
    }
    std::erase_if(values, [least = share_of_positives(kMinShare)](const ValueRows& each) {
      return each.rows < least;
    });
    if (!values.empty()) {
      const bool names = feature_.kind == FeatureKind::category;  // not one of many measurements
      return of_part(equals_text(feature_, values), sum_of(values),
                     names || positives_.others_are_alike());
    }
    return pure_end(kMinEndShare);
  }

  const RuleSearch& search_;
  const Feature& feature_;
  ColumnSearch positives_;
  ColumnSearch negatives_;
};

std::string remedy_for(const FeatureSchema& schema, const std::string& column) {
  const std::string leave_out =
      "It is probably known only after the outcome: leave it out with --exclude " + column;
  if (schema.prediction_point.empty())
    return leave_out + ", or replace it by what was known before.";
  return leave_out + ", or fix an earlier prediction point: rarewood features --as-of 10min.";
}

Finding finding_of(const Evidence& evidence, const FeatureSchema& schema,
                   const std::string& column) {
  const bool proved = evidence.level == FindingLevel::proved;
  Finding finding = begin_finding(evidence.level, proved ? "leak" : "pure_rule",
                                  evidence.level == FindingLevel::note ? "" : "L2", column);
  finding.what = column + (proved ? " gives the answer away" : " has values of one class only");
  finding.evidence = evidence.text;
  finding.remedy = proved ? remedy_for(schema, column) : ask({column});
  return finding;
}

RuleSearch make_search(const CellTable& table, const FeatureSchema& schema) {
  RuleSearch search{*table.patterns, {}, schema, class_totals(table.cells)};
  for (const Cell& cell : table.cells) {  // sorted by pattern
    if (search.rows.empty() || search.rows.back().pattern != cell.pattern) {
      search.rows.push_back({cell.pattern, 0, 0});
    }
    search.rows.back().n0 += cell.n0;
    search.rows.back().n1 += cell.n1;
  }
  // No column has more values than there are patterns.
  const double tests = static_cast<double>(schema.features.size()) *
                       static_cast<double>(std::max<std::size_t>(table.patterns->count, 1));
  search.log_chance = std::log(kMaxChance / tests);
  return search;
}

}  // namespace

std::vector<Finding> find_leaks(const CellTable& table, const FeatureSchema& schema,
                                const Control& control) {
  const RuleSearch search = make_search(table, schema);
  if (search.totals.n0 == 0 || search.totals.n1 == 0) return {};
  std::vector<std::optional<Evidence>> evidence(schema.features.size());
  parallel_for(control, evidence.size(),
               [&](std::size_t f) { evidence[f] = ColumnRules(search, f).evidence(); });
  std::vector<Finding> findings;
  for (std::size_t f = 0; f < evidence.size(); ++f) {
    if (evidence[f]) findings.push_back(finding_of(*evidence[f], schema, schema.features[f].name));
  }
  return findings;
}

std::vector<Finding> find_few_rows(const CellTable& table, const FeatureSchema& schema) {
  const ClassTotals totals = class_totals(table.cells);
  const std::uint64_t rows = std::min(totals.n0, totals.n1);
  if (proves_purity(rows)) return {};
  const std::string& label =
      totals.n1 <= totals.n0 ? schema.target.positive : schema.target.negative;
  const std::string rarer = schema.target.name + " = " + label;
  Finding finding = begin_finding(FindingLevel::note, "few_rows", "", "");
  finding.what = "too few rows with " + rarer + " to prove a leak";
  finding.measure = "rows";
  finding.value = static_cast<double>(rows);
  finding.evidence =
      fmt::format("The table has {} rows with {}; a rule of one column can be proved from {} on.",
                  rows, rarer, std::ceil(std::log(0.05) / std::log(kProof)));
  finding.remedy =
      "That no leak is proved says little here: ask of each column when its value is known, and "
      "look again when there are more rows.";
  return {finding};
}

}  // namespace rarewood

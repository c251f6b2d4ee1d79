#include "rarewood/audit/scan.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include <fmt/format.h>

#include "rarewood/audit/audited_table.hpp"
#include "rarewood/audit/drift.hpp"
#include "rarewood/audit/dull_columns.hpp"
#include "rarewood/audit/leak.hpp"
#include "rarewood/audit/merged_suspects.hpp"
#include "rarewood/audit/pairs.hpp"
#include "rarewood/audit/shared_rows.hpp"
#include "rarewood/audit/suspect_columns.hpp"
#include "rarewood/base/text.hpp"

namespace rarewood {
namespace {

/// Whether a column need not be asked about.
bool is_answered(const ScanRequest& request, const std::string& column) {
  const std::string& point = request.schema.prediction_point;
  const Availability declared = availability(request.available_at, column, point);
  if (declared != Availability::unknown) return true;
  return !point.empty() && point != "end";  // every column was worked out as of the point
}

/// Columns that are in a finding already are not asked about a second time.
class Questions {
 public:
  Questions(const ScanRequest& request, const std::vector<Finding>& findings) : request_(request) {
    for (const Finding& finding : findings) {
      if (finding.level == FindingLevel::note) continue;
      asked_.insert(finding.column);
      asked_.insert(finding.others.begin(), finding.others.end());
    }
  }

  void take(std::vector<Finding> suspects, std::vector<Finding>& into) {
    for (Finding& suspect : suspects) {
      if (is_settled(suspect)) continue;
      asked_.insert(suspect.column);
      into.push_back(std::move(suspect));
    }
  }

  /// [features] in a finding or answered.
  std::vector<bool> settled() const {
    std::vector<bool> columns;
    for (const Feature& feature : request_.schema.features) {
      columns.push_back(asked_.contains(feature.name) || is_answered(request_, feature.name));
    }
    return columns;
  }

 private:
  bool is_settled(const Finding& suspect) const {
    if (asked_.contains(suspect.column)) return true;
    bool answered = is_answered(request_, suspect.column);
    for (const std::string& other : suspect.others) {
      answered = answered && is_answered(request_, other);
    }
    return answered;
  }

  const ScanRequest& request_;
  std::set<std::string> asked_;
};

std::vector<std::string> looked_for(const ScanRequest& request, std::size_t asked,
                                    std::size_t paired) {
  const std::size_t features = request.schema.features.size();
  std::vector<std::string> lines{
      fmt::format("rules without exception and declared times of {} columns", features),
      "copies of training rows in the test part"};
  if (asked > 0) {
    lines.push_back(fmt::format(
        "columns that know far more than the others, copies of the target, telling gaps and "
        "identifiers, among {} columns",
        asked));
  }
  if (paired > 1) {
    lines.push_back(
        fmt::format("rules of two columns: {} pairs", thousands(paired * (paired - 1) / 2)));
  }
  lines.push_back("columns that are nearly constant, duplicated or another in the test part");
  if (asked < features) {
    lines.push_back(
        fmt::format("(not asked about, known at the prediction point: {} of {} columns)",
                    features - asked, features));
  }
  return lines;
}

std::size_t count_asked(const ScanRequest& request) {
  const auto& features = request.schema.features;
  return static_cast<std::size_t>(
      std::count_if(features.begin(), features.end(),
                    [&](const Feature& feature) { return !is_answered(request, feature.name); }));
}

std::vector<Finding> of_level(FindingLevel level, const std::vector<Finding>& findings) {
  std::vector<Finding> some;
  std::copy_if(findings.begin(), findings.end(), std::back_inserter(some),
               [&](const Finding& finding) { return finding.level == level; });
  return some;
}

std::vector<std::string> names_of(const FeatureSchema& schema) {
  std::vector<std::string> names;
  for (const Feature& feature : schema.features) names.push_back(feature.name);
  return names;
}

}  // namespace

std::vector<Finding> find_known_later(const std::vector<std::string>& columns,
                                      const std::string& point, const Pairs& available_at,
                                      LateColumn late) {
  std::vector<Finding> findings;
  for (const std::string& column : columns) {
    if (availability(available_at, column, point) != Availability::after) continue;
    Finding finding = begin_finding(FindingLevel::proved, "known_later", "L2", column);
    finding.what = column + " is known only after the prediction point";
    const std::string& word = available_at.at(column);
    finding.evidence = word == "after"
                           ? "It is declared so: available_at of " + column + " is after."
                           : "It is declared so: available_at of " + column + " is " + word +
                                 ", the table's prediction point is " + point + ".";
    finding.remedy =
        late == LateColumn::left_out
            ? "rarewood train leaves it out by itself. Take it out of the table, too, before "
              "others "
              "learn from it; --exclude " +
                  column + " tells this audit that it is away."
            : "Take it out of the table, or leave it out with --exclude " + column + ".";
    findings.push_back(std::move(finding));
  }
  return findings;
}

void add_findings(std::vector<Finding> more, std::vector<Finding>& findings) {
  for (Finding& finding : more) {
    const auto place = std::find_if(findings.begin(), findings.end(), [&](const Finding& other) {
      return other.level > finding.level;
    });
    findings.insert(place, std::move(finding));
  }
}

std::vector<Finding> scan_model(const std::vector<FeatureImportance>& importance,
                                const ScanRequest& request, const std::vector<Finding>& before) {
  std::vector<Finding> findings;
  Questions(request, before).take(find_dominant(importance), findings);
  return findings;
}

Scan scan(const ScanRequest& request, const Control& control) {
  const FeatureSchema& schema = request.schema;
  Scan result;
  std::vector<Finding>& findings = result.findings;
  std::vector<Finding> rules = find_leaks(request.cells, schema, control);
  findings = of_level(FindingLevel::proved, rules);
  add_findings(find_known_later(names_of(schema), schema.prediction_point, request.available_at,
                                LateColumn::taken),
               findings);
  const AuditedTable table =
      audited_table(request.cells, schema, request.train.folds(), request.train, control);
  add_findings(find_shared_rows(table), findings);

  Questions questions(request, findings);
  std::vector<Finding> suspects;
  questions.take(of_level(FindingLevel::suspect, rules), suspects);
  questions.take(find_informative_gaps(table), suspects);
  questions.take(find_strong_columns(table), suspects);
  questions.take(find_identifiers(table, control), suspects);
  PairSearch pairs = find_pairs(table, questions.settled(), control);
  questions.take(std::move(pairs.findings), suspects);
  add_findings(merged_suspects(std::move(suspects), table), findings);

  add_findings(find_few_rows(request.cells, schema), findings);
  add_findings(of_level(FindingLevel::note, rules), findings);
  add_findings(find_near_constant(request.cells, schema, control), findings);
  add_findings(find_duplicated(table), findings);
  add_findings(find_drift(table, control), findings);
  result.looked_for = looked_for(request, count_asked(request), pairs.columns);
  return result;
}

}  // namespace rarewood

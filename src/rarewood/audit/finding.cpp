#include "rarewood/audit/finding.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"

namespace rarewood {
namespace {

constexpr std::array<std::pair<FindingLevel, const char*>, 3> kLevels{
    {{FindingLevel::proved, "proved"},
     {FindingLevel::suspect, "suspect"},
     {FindingLevel::note, "note"}}};

constexpr const char* kIllegitimateFeature = "L2";

}  // namespace

Finding begin_finding(FindingLevel level, std::string kind, std::string taxonomy,
                      std::string column) {
  Finding finding;
  finding.level = level;
  finding.kind = std::move(kind);
  finding.taxonomy = std::move(taxonomy);
  finding.column = std::move(column);
  return finding;
}

std::string word_of(FindingLevel level) {
  return std::find_if(kLevels.begin(), kLevels.end(),
                      [&](const auto& each) { return each.first == level; })
      ->second;
}

void read_word(const std::string& word, FindingLevel& level) {
  for (const auto& [known, name] : kLevels) {
    if (word != name) continue;
    level = known;
    return;
  }
  throw Error(ErrorKind::data, "'" + word +
                                   "' is no level of a finding. Give a record that "
                                   "rarewood wrote.");
}

bool has_level(const std::vector<Finding>& findings, FindingLevel level) {
  return std::any_of(findings.begin(), findings.end(),
                     [&](const Finding& finding) { return finding.level == level; });
}

std::vector<std::string> leaking_features(const std::vector<Finding>& findings) {
  std::vector<std::string> names;
  for (const Finding& finding : findings) {
    if (finding.level != FindingLevel::proved || finding.taxonomy != kIllegitimateFeature) continue;
    if (std::ranges::find(names, finding.column) == names.end()) names.push_back(finding.column);
  }
  return names;
}

std::string columns_of(const std::vector<Finding>& findings, FindingLevel level) {
  std::vector<std::string> names;
  for (const Finding& finding : findings) {
    if (finding.level != level || finding.column.empty()) continue;
    std::vector<std::string> own{finding.column};
    own.insert(own.end(), finding.others.begin(), finding.others.end());
    for (const std::string& name : own) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  }
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace rarewood

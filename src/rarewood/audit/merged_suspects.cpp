#include "rarewood/audit/merged_suspects.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "rarewood/audit/question.hpp"
#include "rarewood/base/text.hpp"

namespace rarewood {
namespace {

constexpr std::size_t kMostApart = 3;  ///< suspects of one kind that are asked about one by one

/// Kinds that columns can have in common, and what several columns do.
constexpr std::array<std::pair<const char*, const char*>, 4> kCommon{
    {{"pure_rule", "have values of one class only"},
     {"missingness", "tell the target by whether they have a value"},
     {"target_copy", "nearly repeat the target"},
     {"strong_column", "know far more than the others"}}};

/// \return "" of kinds that are not merged
std::string of_several(const std::string& kind) {
  const auto* found = std::find_if(kCommon.begin(), kCommon.end(),
                                   [&](const auto& each) { return kind == each.first; });
  return found == kCommon.end() ? "" : found->second;
}

/// A copy of the target is a strong column, too.
std::string family_of(const Finding& suspect) {
  return suspect.kind == "target_copy" ? "strong_column" : suspect.kind;
}

std::vector<std::string> names_of(const Finding& finding) {
  std::vector<std::string> names{finding.column};
  names.insert(names.end(), finding.others.begin(), finding.others.end());
  return names;
}

/// The findings after the first say the same of their columns.
Finding merged(const std::vector<Finding>& findings) {
  Finding all = findings.front();
  for (std::size_t i = 1; i < findings.size(); ++i) {
    const std::vector<std::string> more = names_of(findings[i]);
    all.others.insert(all.others.end(), more.begin(), more.end());
  }
  all.remedy = ask(names_of(all));
  return all;
}

Finding merged_copies(const std::vector<Finding>& copies) {
  Finding all = merged(copies);
  all.evidence += ' ' + listed(all.others) + (all.others.size() == 1 ? " says" : " say") +
                  " the same as " + all.column + '.';
  return all;
}

/// "b (94.0 %)"
std::string with_value(const Finding& finding) {
  if (std::isnan(finding.value)) return finding.column;
  return finding.column + " (" + fixed(100 * finding.value, 1) + " %)";
}

Finding merged_kind(const std::vector<Finding>& findings) {
  Finding all = merged(findings);
  std::vector<std::string> more;
  for (std::size_t i = 1; i < findings.size(); ++i) more.push_back(with_value(findings[i]));
  all.what = std::to_string(names_of(all).size()) + " columns " +
             of_several(findings.back().kind);  // the weakest
  all.evidence += " Much the same holds of " + listed(more) +
                  ": the classes lie far apart, or these columns are known only after the outcome.";
  return all;
}

using Sets = std::vector<std::vector<Finding>>;

/// Suspects of one key together, in the order of their first; a kind that is not merged is alone.
template <typename Key>
Sets sets_of(std::vector<Finding> suspects, const Key& key_of) {
  Sets sets;
  std::map<decltype(key_of(suspects.front())), std::size_t> places;
  for (Finding& suspect : suspects) {
    std::size_t place = sets.size();
    if (!of_several(suspect.kind).empty()) {
      place = places.try_emplace(key_of(suspect), place).first->second;
    }
    if (place == sets.size()) sets.emplace_back();
    sets[place].push_back(std::move(suspect));
  }
  return sets;
}

}  // namespace

std::vector<Finding> merged_suspects(std::vector<Finding> suspects, const AuditedTable& table) {
  std::map<std::string, std::size_t> alike;
  for (std::size_t f = 0; f < table.alike.size(); ++f) {
    alike[table.schema.features[f].name] = table.alike[f];
  }
  std::vector<Finding> distinct;
  for (const auto& copies : sets_of(std::move(suspects), [&](const Finding& suspect) {
         return std::pair(suspect.kind, alike.at(suspect.column));
       })) {
    distinct.push_back(copies.size() == 1 ? copies.front() : merged_copies(copies));
  }
  std::vector<Finding> result;
  for (const auto& kind : sets_of(std::move(distinct), family_of)) {
    if (kind.size() > kMostApart) {
      result.push_back(merged_kind(kind));
    } else {
      result.insert(result.end(), kind.begin(), kind.end());
    }
  }
  return result;
}

}  // namespace rarewood

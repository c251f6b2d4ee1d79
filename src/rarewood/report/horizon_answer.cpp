#include "rarewood/report/horizon_answer.hpp"

#include <algorithm>
#include <iterator>

#include "rarewood/base/text.hpp"

namespace rarewood {
namespace {

bool has_axis(const HorizonRecord& record, HorizonAxis axis) {
  return std::ranges::any_of(record.points,
                             [axis](const HorizonPoint& point) { return point.axis == axis; });
}

std::string first_point(const HorizonRecord& record, HorizonAxis axis,
                        const std::string& population) {
  for (const HorizonPoint& point : record.points) {
    const bool asked = point.axis == axis && point.population == population;
    if (asked && point.targets_met && point.beats_flag_all && !point.leaks) return point.as_of;
  }
  return "";
}

std::string target_words(const HorizonRecord& record) {
  std::vector<std::string> words;
  for (const auto& [key, title] :
       {std::pair{"f1_score", "F1"}, std::pair{"auc_roc", "AUC"}, std::pair{"recall", "recall"},
        std::pair{"precision", "precision"}}) {
    const auto target = record.targets.find(key);
    if (target != record.targets.end()) {
      words.push_back(std::string(title) + " > " + fixed(target->second, 2));
    }
  }
  return listed(words);
}

/// "at 8min, and at none of the pages"
std::string where(const HorizonRecord& record, const std::string& population) {
  std::vector<std::string> parts;
  for (const HorizonAnswer& answer : record.answers) {
    if (answer.population != population) continue;
    const bool pages = answer.axis == HorizonAxis::pages;
    const std::string none = pages ? "at none of the pages" : "at none of the times";
    parts.push_back(answer.as_of.empty() ? none : "at " + answer.as_of);
  }
  return parts.size() < 2 ? listed(parts) : parts[0] + ", and " + parts[1];
}

std::string answer_sentences(const HorizonRecord& record) {
  const auto named = std::ranges::count_if(
      record.answers, [](const auto& answer) { return !answer.as_of.empty(); });
  const std::string targets = target_words(record);
  const bool one = record.targets.size() == 1;
  if (named == 0) {
    return where(record, "at_risk") +
           ", neither for all sessions at risk nor for active ones alone. " + targets +
           (one ? " holds" : " hold") +
           " nowhere at the lower ends of the 95 % intervals while flagging everyone is beaten.";
  }
  const bool all = named == std::ssize(record.answers);
  return where(record, "at_risk") + " (all sessions at risk); " + where(record, "active") +
         " (active ones alone). " + (all ? "There " : "Where a point is named, ") + targets +
         " first " + (one ? "holds" : "hold") +
         " at the lower ends of the 95 % intervals, and flagging everyone is beaten.";
}

}  // namespace

void answer_how_early(HorizonRecord& record) {
  record.answers.clear();
  for (const char* population : {"at_risk", "active"}) {
    for (const HorizonAxis axis : {HorizonAxis::minutes, HorizonAxis::pages}) {
      if (!has_axis(record, axis)) continue;
      record.answers.push_back({population, axis, first_point(record, axis, population)});
    }
  }
  if (record.answers.empty()) {
    record.answer = "How early it can be known is not asked: --points names no time and no page.";
    return;
  }
  const std::string data = record.run.data.simulated ? "Simulated data. " : "";
  record.answer = data + "How early: " + answer_sentences(record);
}

}  // namespace rarewood

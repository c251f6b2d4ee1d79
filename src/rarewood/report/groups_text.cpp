#include "rarewood/report/groups_text.hpp"

#include <vector>

#include "rarewood/base/text.hpp"
#include "rarewood/report/console_style.hpp"

namespace rarewood {

std::string groups_text(const RunRecord& record) {
  const GroupFacts& groups = record.data.groups;
  if (groups.column.empty()) return "";
  std::vector<std::string> effects;
  for (const char* metric : {"f1_score", "auc_roc", "average_precision", "log_loss"}) {
    const auto found = record.design_effects.find(metric);
    if (found == record.design_effects.end()) continue;
    effects.push_back(metric_title(metric) + " " + fixed(found->second, 2));
  }
  std::string text = "   Intervals are by whole groups of " + groups.column + " (" +
                     thousands(groups.groups) + " of them)";
  if (!effects.empty()) {
    text += "; design effect (variance against single rows): " + listed(effects);
  }
  return text + "\n";
}

}  // namespace rarewood

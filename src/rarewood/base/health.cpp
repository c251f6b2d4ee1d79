#include "rarewood/base/health.hpp"

#include <algorithm>

#include "rarewood/base/error.hpp"

namespace rarewood {

bool ServiceHealth::failed() const {
  return std::any_of(steps.begin(), steps.end(),
                     [](const HealthStep& step) { return step.verdict == HealthVerdict::failed; });
}

void ServiceHealth::look_at(const std::string& name, const std::function<HealthFinding()>& look) {
  if (failed()) {
    steps.push_back({name, HealthVerdict::not_tried, ""});
    return;
  }
  try {
    const HealthFinding finding = look();
    steps.push_back(
        {name, finding.warn ? HealthVerdict::warned : HealthVerdict::well, finding.found});
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::interrupted) throw;
    steps.push_back({name, HealthVerdict::failed, error.what()});
  }
}

}  // namespace rarewood

#include "rarewood/report/warn.hpp"

#include <algorithm>

#include "rarewood/base/log.hpp"

namespace rarewood {

void warn(std::vector<std::string>& warnings, const std::string& sentence) {
  if (std::ranges::find(warnings, sentence) != warnings.end()) return;
  warnings.push_back(sentence);
  log(LogLevel::warning, sentence);
}

}  // namespace rarewood

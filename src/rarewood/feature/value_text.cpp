#include "rarewood/feature/value_text.hpp"

#include <chrono>
#include <cmath>

#include <fmt/format.h>

#include "rarewood/base/utc.hpp"

namespace rarewood {

std::string value_text(const Feature& feature, float value) {
  if (std::isnan(value)) return "missing";
  switch (feature.kind) {
    case FeatureKind::category: {
      const auto code = static_cast<std::size_t>(value);
      if (code < feature.categories.size()) return feature.categories[code];
      break;
    }
    case FeatureKind::time:
      return date_text(
          std::chrono::sys_days(std::chrono::days(static_cast<int>(std::floor(value)))));
    case FeatureKind::boolean: return value != 0 ? "true" : "false";
    case FeatureKind::number: break;
  }
  return fmt::format("{}", value);
}

}  // namespace rarewood

#pragma once

#include "rarewood/feature/schema.hpp"

namespace rarewood {

/// "number", "boolean", "category", "time"
constexpr const char* kind_name(FeatureKind kind) {
  switch (kind) {
    case FeatureKind::number: return "number";
    case FeatureKind::boolean: return "boolean";
    case FeatureKind::category: return "category";
    case FeatureKind::time: return "time";
  }
  return "";
}

}  // namespace rarewood

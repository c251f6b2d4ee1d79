#pragma once

#include <string>

#include "rarewood/feature/schema.hpp"

namespace rarewood {

/// 32 hex digits of what a model obeys: features, categories, target, prediction point.
std::string schema_fingerprint(const FeatureSchema& schema);

}  // namespace rarewood

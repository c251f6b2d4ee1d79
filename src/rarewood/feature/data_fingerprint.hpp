#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "rarewood/feature/schema.hpp"

namespace rarewood {

/// 32 hex digits of what a model obeys: features, categories, target, prediction point.
std::string schema_fingerprint(const FeatureSchema& schema);

/// 32 hex digits of one encoded column.
std::string column_fingerprint(std::span<const float> values);

/// 32 hex digits of what a learner is given, equal for equal data wherever and however it was read.
/// \param columns  [features] of column_fingerprint
/// \param labels   [rows] 1 = positive
std::string data_fingerprint(const FeatureSchema& schema, const std::vector<std::string>& columns,
                             std::span<const std::uint8_t> labels);

}  // namespace rarewood

#include "rarewood/feature/data_fingerprint.hpp"

#include <cstddef>

#include "rarewood/table/fingerprint.hpp"

namespace rarewood {

std::string schema_fingerprint(const FeatureSchema& schema) {
  Fingerprint whole;
  for (const Feature& feature : schema.features) {
    whole.add(feature.name);
    whole.add(static_cast<std::uint64_t>(feature.kind));
    whole.add(static_cast<std::uint64_t>(feature.categories.size()));
    for (const std::string& category : feature.categories) whole.add(category);
  }
  whole.add(schema.target.name);
  whole.add(schema.target.negative);
  whole.add(schema.target.positive);
  whole.add(schema.prediction_point);
  return whole.text();
}

std::string column_fingerprint(std::span<const float> values) {
  Fingerprint whole;
  whole.add(std::as_bytes(values));  // one NaN and no -0: equal values have equal bytes
  return whole.text();
}

std::string data_fingerprint(const FeatureSchema& schema, const std::vector<std::string>& columns,
                             std::span<const std::uint8_t> labels) {
  Fingerprint whole;
  whole.add(schema_fingerprint(schema));
  for (const std::string& column : columns) whole.add(column);
  whole.add(static_cast<std::uint64_t>(labels.size()));
  whole.add(std::as_bytes(labels));
  return whole.text();
}

}  // namespace rarewood

#include "rarewood/feature/schema_fingerprint.hpp"

#include <cstdint>

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

}  // namespace rarewood

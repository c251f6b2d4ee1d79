#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "rarewood/feature/schema.hpp"
#include "rarewood/model/expectations.hpp"

namespace rarewood {

/// Of the JSON; a version that is not known is not read, and the model scores all the same.
inline constexpr int kExpectationsVersion = 1;

std::string expectations_to_json(const Expectations& expectations);

/// Nothing for another version. \throws ModelDamage or a JSON exception if they are not sound.
std::optional<Expectations> expectations_of_json(std::string_view json,
                                                 const FeatureSchema& schema);

}  // namespace rarewood

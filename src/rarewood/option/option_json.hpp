#pragma once

#include <string>
#include <utility>
#include <vector>

#include "rarewood/option/option.hpp"

namespace rarewood {

/// The values of a table as one JSON object, numbers as numbers, in table order.
/// \param values  as `OptionTable::values` gives them; "none" of a number becomes null
std::string options_json(const std::vector<OptionSpec>& specs,
                         const std::vector<std::pair<std::string, std::string>>& values);

}  // namespace rarewood

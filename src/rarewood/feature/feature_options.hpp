#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rarewood/option/option.hpp"

namespace rarewood {

/// What is predicted, and from which columns.
struct FeatureOptions {
  std::string target;    ///< "" = is_ordered where the table has it
  std::string positive;  ///< "" = 1, true or yes
  std::vector<std::string> exclude;
  std::vector<std::string> include;
  std::vector<std::string> categorical;
  std::int64_t max_levels = 1000;
  Pairs available_at;         ///< column -> "before", "after" or a moment, see availability.hpp
  std::string weight_column;  ///< "" = every row weighs 1
};

const OptionTable<FeatureOptions>& feature_options();

}  // namespace rarewood

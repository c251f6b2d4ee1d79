#pragma once

#include <vector>

#include "rarewood/option/command_spec.hpp"

namespace rarewood {

/// The options of every resampler and learner, each group on where --balance or --learner asks for
/// it.
std::vector<OptionGroup> method_groups();

}  // namespace rarewood

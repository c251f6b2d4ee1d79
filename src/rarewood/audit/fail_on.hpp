#pragma once

#include <vector>

#include "rarewood/audit/finding.hpp"

namespace rarewood {

/// From which level of findings on a command fails: what --fail-on says.
enum class FailOn {
  replacing,  ///< a proved leak, where the model would replace one that has none
  none,
  leak,    ///< what is proved
  suspect  ///< that, and what is open to question
};

/// \throws Error(check) naming the columns, if there is a finding of that level. Of `replacing` see
///         refuse_leaky_replacement in workflow/replaced_model.hpp: nothing is known here of models
void check_findings(const std::vector<Finding>& findings, FailOn fail_on);

}  // namespace rarewood

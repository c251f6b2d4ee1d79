#pragma once

#include <vector>

#include "rarewood/audit/finding.hpp"

namespace rarewood {

/// From which level of findings on a command fails: what --fail-on says.
enum class FailOn { none, leak, suspect };

/// \throws Error(check) naming the columns, if there is a finding of that level: `leak` is what is
///         proved, `suspect` that and what is open to question
void check_findings(const std::vector<Finding>& findings, FailOn fail_on);

}  // namespace rarewood

#pragma once

#include <string>
#include <vector>

#include "rarewood/audit/fail_on.hpp"
#include "rarewood/option/option.hpp"

namespace rarewood {

/// What every command that scans a table is told.
struct AuditOptions {
  FailOn fail_on = FailOn::replacing;
  std::string entity_column;  ///< "" = not looked at
};

const OptionTable<AuditOptions>& audit_options();

}  // namespace rarewood

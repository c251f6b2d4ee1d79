#pragma once

#include <vector>

#include "rarewood/audit/audited_table.hpp"
#include "rarewood/audit/finding.hpp"

namespace rarewood {

/// One suspect for columns that say the same; and one for all where more than three columns are
/// suspected of one kind, as classes may lie that far apart. No column is dropped: the others stand
/// in `others`, and each has its own question.
std::vector<Finding> merged_suspects(std::vector<Finding> suspects, const AuditedTable& table);

}  // namespace rarewood

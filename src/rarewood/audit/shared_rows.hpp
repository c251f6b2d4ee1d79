#pragma once

#include <vector>

#include "rarewood/audit/audited_table.hpp"
#include "rarewood/audit/finding.hpp"

namespace rarewood {

/// "shared_rows": copies of training rows in the test part.
///
/// Equal rows are natural where columns take few values, and prove nothing. Two rows are taken for
/// copies of one only if they are equal in all columns and have, in at least two columns of
/// numbers, values that no other row of the table has. Proved if at least 1 % of the test rows are
/// such copies (lower end of Wilson's interval), else a note.
std::vector<Finding> find_shared_rows(const AuditedTable& table);

}  // namespace rarewood

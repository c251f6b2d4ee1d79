#pragma once

#include <string>
#include <vector>

#include "rarewood/report/audit_record.hpp"
#include "rarewood/report/console_style.hpp"

namespace rarewood {

/// What is proved or suspected, printed above the classification report, which it puts in question;
/// notes are only counted. "" where there are none.
std::string findings_text(const ConsoleStyle& style, const std::vector<Finding>& findings);

/// All of an audit: the table, findings by level, what was looked for, what-ifs.
std::string audit_text(const ConsoleStyle& style, const AuditRecord& record);

}  // namespace rarewood

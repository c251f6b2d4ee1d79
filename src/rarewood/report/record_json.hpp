#pragma once

#include <string>
#include <string_view>

#include "rarewood/report/audit_record.hpp"
#include "rarewood/report/run_record.hpp"

namespace rarewood {

/// The record as indented JSON with a final newline: what --json and the journal hold.
///
/// Every key is in docs/reference/run-record.md. Numbers that could not be computed are null.
std::string record_to_json(const RunRecord& record);

/// \throws Error(data) if the text is no run record, or one of a newer version.
RunRecord record_from_json(std::string_view text);

/// The test rows by true and predicted class, with their labels.
/// The record of an audit; findings look as in run.json.
std::string audit_to_json(const AuditRecord& record);

std::string confusion_to_json(const RunRecord& record);

/// [{"feature": ..., "importance": ...}, ...], the most important first.
std::string importance_to_json(const RunRecord& record);

}  // namespace rarewood

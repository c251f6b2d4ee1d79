#pragma once

#include <string>

#include "rarewood/report/run_record.hpp"

namespace rarewood {

/// "   This test part has been looked at 14 times by runs in the journal, this one among them.", or
/// that it is the first time; "" where the record knows of no test part.
std::string looks_text(const RunRecord& record);

}  // namespace rarewood

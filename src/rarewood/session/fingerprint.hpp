#pragma once

#include <string>

#include <arrow/type_fwd.h>

#include "rarewood/base/control.hpp"

namespace rarewood {

/// 32 hex digits from a table's column names, types and values in order; the metadata and the
/// batches it is cut into do not matter. Equal tables give equal digits on every machine; it guards
/// against mix-ups, not against forgers.
/// \throws Error(bug) on a column that is no number, boolean, text or timestamp.
std::string content_fingerprint(const arrow::Table& table, const Control& control);

}  // namespace rarewood

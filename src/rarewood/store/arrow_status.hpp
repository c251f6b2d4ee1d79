#pragma once

#include <string>

#include <arrow/type_fwd.h>

#include "rarewood/base/error.hpp"

namespace rarewood {

/// Carry an Error through Arrow's functions, which report by Status.
arrow::Status status_of(const Error& error);

/// The Error behind a status that is not OK: the very one that went into `status_of`, else one of
/// `kind` that reads "`attempt`: Arrow's words".
/// \param attempt  such as "Cannot read 'store/raw-data/orders.parquet'"
Error error_of(const arrow::Status& status, const std::string& attempt, ErrorKind kind);

}  // namespace rarewood

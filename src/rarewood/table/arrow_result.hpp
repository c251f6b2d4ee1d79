#pragma once

#include <string>
#include <utility>

#include <arrow/result.h>
#include <arrow/status.h>

#include "rarewood/base/error.hpp"

namespace rarewood {

/// Arrow's words on one line, after `attempt`, such as "Cannot read 'orders.parquet'".
Error arrow_error(const arrow::Status& status, const std::string& attempt,
                  ErrorKind kind = ErrorKind::data);

/// \throws Error if `status` is not OK.
inline void require(const arrow::Status& status, const std::string& attempt,
                    ErrorKind kind = ErrorKind::data) {
  if (!status.ok()) throw arrow_error(status, attempt, kind);
}

/// The value of a result. \throws Error if there is none.
template <typename T>
T take(arrow::Result<T> result, const std::string& attempt, ErrorKind kind = ErrorKind::data) {
  require(result.status(), attempt, kind);
  return std::move(result).ValueUnsafe();
}

}  // namespace rarewood

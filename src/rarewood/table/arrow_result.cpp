#include "rarewood/table/arrow_result.hpp"

#include <algorithm>

#include "rarewood/store/arrow_status.hpp"

namespace rarewood {

Error arrow_error(const arrow::Status& status, const std::string& attempt, ErrorKind kind) {
  const Error error = error_of(status, attempt, status.IsIOError() ? ErrorKind::external : kind);
  std::string line = error.what();
  std::replace(line.begin(), line.end(), '\n', ' ');
  return Error(error.kind(), line);
}

}  // namespace rarewood

#include "rarewood/store/arrow_status.hpp"

#include <memory>
#include <utility>

#include <arrow/status.h>

namespace rarewood {
namespace {

class ErrorDetail : public arrow::StatusDetail {
 public:
  explicit ErrorDetail(Error error) : error_(std::move(error)) {}

  const char* type_id() const override { return "rarewood::Error"; }
  std::string ToString() const override { return error_.what(); }
  const Error& error() const { return error_; }

 private:
  Error error_;
};

}  // namespace

arrow::Status status_of(const Error& error) {
  return arrow::Status(arrow::StatusCode::IOError, error.what(),
                       std::make_shared<ErrorDetail>(error));
}

Error error_of(const arrow::Status& status, const std::string& attempt, ErrorKind kind) {
  const auto detail = std::dynamic_pointer_cast<ErrorDetail>(status.detail());
  if (detail) return detail->error();
  const std::string reason = status.detail() ? " (" + status.detail()->ToString() + ")" : "";
  return Error(kind, attempt + ": " + status.message() + reason);
}

}  // namespace rarewood

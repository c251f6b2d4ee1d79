#pragma once

#include <string>
#include <utility>

namespace rarewood {

/// A password or key: cannot be printed, compared or converted; `reveal` is the one way out and is
/// called only where the secret is used.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}

  bool empty() const { return value_.empty(); }
  const std::string& reveal() const { return value_; }

 private:
  std::string value_;
};

}  // namespace rarewood

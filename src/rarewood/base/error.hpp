#pragma once

#include <stdexcept>
#include <string>

namespace rarewood {

/// What the catcher should do; the value is the program's exit code.
enum class ErrorKind {
  bug = 1,           ///< rarewood broke its own rules
  usage = 2,         ///< the command or an option is wrong
  data = 3,          ///< the input cannot be used as it is
  external = 4,      ///< a file, store or server refused
  check = 5,         ///< a check that was asked for said no
  interrupted = 130  ///< the user or the scheduler stopped the work
};

/// The only exception thrown inside rarewood; borders to other libraries convert at once.
///
/// `what()` is one line: what is wrong, then what to do.
class Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, const std::string& sentence) : std::runtime_error(sentence), kind_(kind) {}

  ErrorKind kind() const { return kind_; }
  int exit_code() const { return static_cast<int>(kind_); }

 private:
  ErrorKind kind_;
};

}  // namespace rarewood

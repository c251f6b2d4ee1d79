#pragma once

#include <functional>
#include <optional>
#include <string>

namespace rarewood {

/// Decides when a status line is due: never in the first half second of a pass, then at most ten
/// times a second.
class ProgressPace {
 public:
  /// \param seconds  now, on a clock that only moves forward
  /// \return the line to draw, "" to clear the line, or nothing to do
  std::optional<std::string> line(const std::string& pass, double share, double seconds);

 private:
  std::string pass_;
  double begun_ = 0;
  double drawn_ = 0;
  bool visible_ = false;
};

/// A `Control::progress` that draws on the terminal; nothing where stderr is none.
std::function<void(const std::string& pass, double share)> terminal_progress();

}  // namespace rarewood

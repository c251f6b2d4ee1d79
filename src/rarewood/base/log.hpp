#pragma once

#include <string>

namespace rarewood {

enum class LogLevel { error, warning, info, debug };

/// Everything that is not a result goes through here, to stderr, one line a call.
void log(LogLevel level, const std::string& line);

/// Lines above this level are dropped. Default: info.
void set_log_level(LogLevel level);

/// A line redrawn in place (progress); only where stderr is a terminal and not silenced.
void draw_status(const std::string& line);
void clear_status();

}  // namespace rarewood

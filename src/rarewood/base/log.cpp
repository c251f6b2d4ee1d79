#include "rarewood/base/log.hpp"

#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <mutex>

namespace rarewood {
namespace {

struct Sink {
  std::mutex guard;
  std::atomic<LogLevel> level{LogLevel::info};
  bool status_drawn = false;
};

Sink& sink() {
  static Sink instance;
  return instance;
}

const char* prefix(LogLevel level) {
  switch (level) {
    case LogLevel::error: return "error: ";
    case LogLevel::warning: return "warning: ";
    case LogLevel::info:
    case LogLevel::debug: break;
  }
  return "";
}

void erase_status(Sink& to) {
  if (to.status_drawn) std::fputs("\r\033[K", stderr);
  to.status_drawn = false;
}

}  // namespace

void log(LogLevel level, const std::string& line) {
  Sink& to = sink();
  if (level > to.level) return;
  const std::lock_guard lock(to.guard);
  erase_status(to);
  std::fprintf(stderr, "%s%s\n", prefix(level), line.c_str());
}

void set_log_level(LogLevel level) { sink().level = level; }

void draw_status(const std::string& line) {
  Sink& to = sink();
  if (to.level < LogLevel::info || ::isatty(STDERR_FILENO) == 0) return;
  const std::lock_guard lock(to.guard);
  std::fprintf(stderr, "\r\033[K%s", line.c_str());
  std::fflush(stderr);
  to.status_drawn = true;
}

void clear_status() {
  const std::lock_guard lock(sink().guard);
  erase_status(sink());
}

}  // namespace rarewood

#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

#include "rarewood/base/error.hpp"

namespace rarewood {

/// How a long function is steered from outside; passed to every one of them, never stored.
///
/// Results do not depend on any member: threads and limits change time and refusals only.
struct Control {
  int threads = 1;                 ///< upper bound of threads per parallel loop, >= 1
  std::stop_token stop;            ///< asked for a stop: throw Error(interrupted) soon
  std::uint64_t memory_limit = 0;  ///< bytes; 0 = no limit
  /// Called with the name of a pass and the share done, 0..1, from one thread at a time.
  std::function<void(const std::string& pass, double share)> progress;
};

/// \throws Error(interrupted) if a stop was asked for.
inline void check_stop(const Control& control) {
  if (control.stop.stop_requested()) {
    throw Error(
        ErrorKind::interrupted,
        "Stopped before the end; each file is whole, as it was or as it was to be. Run it again.");
  }
}

/// Wait, unless a stop is asked for before or meanwhile. \throws Error(interrupted).
void pause_for(double seconds, const std::stop_token& stop);

/// Refuse a pass whose estimated need exceeds the limit, before the kernel would kill it.
///
/// \param bytes  estimate of what the pass allocates at its peak
/// \throws Error(data) naming the pass, its need and the limit.
void check_memory(const Control& control, const std::string& pass, std::uint64_t bytes);

inline void report_progress(const Control& control, const std::string& pass, double share) {
  if (control.progress) control.progress(pass, share);
}

}  // namespace rarewood

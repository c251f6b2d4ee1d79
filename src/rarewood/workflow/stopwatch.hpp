#pragma once

#include <chrono>
#include <map>
#include <string>

namespace rarewood {

/// Adds the time from its making to its end to a pass.
class Stopwatch {
 public:
  /// \param timings  seconds by pass; outlives the stopwatch
  Stopwatch(std::map<std::string, double>& timings, std::string pass)
      : timings_(timings), pass_(std::move(pass)), begun_(std::chrono::steady_clock::now()) {}
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;
  ~Stopwatch() {
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begun_;
    timings_[pass_] += passed.count();
  }

 private:
  std::map<std::string, double>& timings_;
  std::string pass_;
  std::chrono::steady_clock::time_point begun_;
};

}  // namespace rarewood

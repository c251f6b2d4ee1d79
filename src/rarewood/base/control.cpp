#include "rarewood/base/control.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "rarewood/base/text.hpp"

namespace rarewood {

void pause_for(double seconds, const std::stop_token& stop) {
  std::mutex mutex;
  std::unique_lock lock(mutex);
  const std::chrono::duration<double> pause(seconds);
  std::condition_variable_any().wait_for(lock, stop, pause, [] { return false; });
  check_stop(Control{.stop = stop});
}

void check_memory(const Control& control, const std::string& pass, std::uint64_t bytes) {
  if (control.memory_limit == 0 || bytes <= control.memory_limit) return;
  throw Error(ErrorKind::data, "The step '" + pass + "' needs about " + bytes_text(bytes) +
                                   ", more than the memory limit of " +
                                   bytes_text(control.memory_limit) +
                                   ". Raise --memory-limit or give it less data.");
}

}  // namespace rarewood

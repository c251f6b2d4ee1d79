#include "rarewood/base/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <limits>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "rarewood/base/log.hpp"

namespace rarewood {
namespace {

/// What the threads of one loop share.
struct Loop {
  std::atomic<std::size_t> next{0};
  std::atomic<bool> failed{false};
  std::mutex guard;
  std::size_t failed_at = std::numeric_limits<std::size_t>::max();
  std::exception_ptr failure;
  std::size_t done = 0;
};

void report_item(Loop& loop, const Control& control, std::size_t count, const std::string& pass) {
  const std::lock_guard lock(loop.guard);
  report_progress(control, pass, static_cast<double>(++loop.done) / static_cast<double>(count));
}

void run_items(Loop& loop, const Control& control, std::size_t count,
               const std::function<void(std::size_t)>& body, const std::string& pass) {
  while (!loop.failed) {
    const std::size_t i = loop.next++;
    if (i >= count) return;
    try {
      check_stop(control);
      body(i);
      if (!pass.empty()) report_item(loop, control, count, pass);
    } catch (...) {
      const std::lock_guard lock(loop.guard);
      if (i < loop.failed_at) {
        loop.failed_at = i;
        loop.failure = std::current_exception();
      }
      loop.failed = true;
    }
  }
}

}  // namespace

void parallel_for(const Control& control, std::size_t count,
                  const std::function<void(std::size_t)>& body, const std::string& pass) {
  const std::size_t threads =
      std::min<std::size_t>(static_cast<std::size_t>(std::max(control.threads, 1)), count);
  Loop loop;
  {
    std::vector<std::jthread> others;
    try {
      for (std::size_t t = 1; t < threads; ++t) {
        others.emplace_back([&] { run_items(loop, control, count, body, pass); });
      }
    } catch (const std::system_error& error) {  // those that there are do all of it
      log(LogLevel::debug, std::string("No more threads to be had: ") + error.what());
    }
    run_items(loop, control, count, body, pass);
  }
  if (loop.failure) std::rethrow_exception(loop.failure);
}

}  // namespace rarewood

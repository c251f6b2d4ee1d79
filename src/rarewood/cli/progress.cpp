#include "rarewood/cli/progress.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>

#include "rarewood/base/log.hpp"
#include "rarewood/base/text.hpp"

namespace rarewood {
namespace {

constexpr double kQuiet = 0.5;    ///< seconds before a pass is worth a line
constexpr double kBetween = 0.1;  ///< seconds between two lines
constexpr double kForetold = 2;   ///< seconds left that are worth telling

double seconds_now() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double>(now).count();
}

std::string status_text(const std::string& pass, double share, double elapsed) {
  std::string text = pass + "  " + fixed(share * 100, 0) + " %";
  const double left = share > 0 ? elapsed / share - elapsed : 0;
  return left < kForetold ? text : text + ", about " + fixed(left, 0) + " s left";
}

}  // namespace

std::optional<std::string> ProgressPace::line(const std::string& pass, double share,
                                              double seconds) {
  if (pass != pass_) {
    pass_ = pass;
    begun_ = seconds;
  }
  if (share >= 1) {
    pass_.clear();
    return std::exchange(visible_, false) ? std::optional<std::string>("") : std::nullopt;
  }
  if (seconds - begun_ < kQuiet || seconds - drawn_ < kBetween) return std::nullopt;
  drawn_ = seconds;
  visible_ = true;
  return status_text(pass, std::max(share, 0.0), seconds - begun_);
}

std::function<void(const std::string& pass, double share)> terminal_progress() {
  auto pace = std::make_shared<ProgressPace>();
  return [pace](const std::string& pass, double share) {
    const auto line = pace->line(pass, share, seconds_now());
    if (!line) return;
    line->empty() ? clear_status() : draw_status(*line);
  };
}

}  // namespace rarewood

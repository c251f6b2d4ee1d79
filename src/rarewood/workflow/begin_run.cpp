#include "rarewood/workflow/begin_run.hpp"

#include <chrono>

#include "rarewood/base/process.hpp"
#include "rarewood/track/origin.hpp"
#include "rarewood/track/tracking_address.hpp"

namespace rarewood {

std::int64_t now_ms() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

RunRecord begin_run(const std::string& command, const TrackOptions& track) {
  check_tracking_uri(track);
  RunRecord record;
  record.run_id = fresh_hex(32);
  record.run_name = track.run_name;
  record.command = command;
  record.started_at_ms = now_ms();
  record.status = "FINISHED";
  record.tags = origin_tags(record.command);
  return record;
}

}  // namespace rarewood

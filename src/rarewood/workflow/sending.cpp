#include "rarewood/workflow/sending.hpp"

#include "rarewood/base/error.hpp"
#include "rarewood/base/log.hpp"
#include "rarewood/report/warn.hpp"
#include "rarewood/track/journal.hpp"
#include "rarewood/track/send_run.hpp"
#include "rarewood/workflow/stopwatch.hpp"

namespace rarewood {

bool send_kept_run(const std::filesystem::path& folder, const TrackOptions& options,
                   RunRecord& record, const Control& control) {
  SendResult sent;
  if (!options.tracking_uri.empty()) {
    const Stopwatch watch(record.timings, "track");
    sent = send_run(folder, options, control);
    record.mlflow_run_id = sent.mlflow_run_id;
    if (!sent.warning.empty()) warn(record.warnings, sent.warning_with_cure());
  }
  try {
    rewrite_record(folder, record);
  } catch (const Error& error) {  // the record is whole without it
    log(LogLevel::warning, error.what());
  }
  return !sent.mlflow_run_id.empty() && !sent.server_failed;
}

}  // namespace rarewood

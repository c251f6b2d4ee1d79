#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/track/send_run.hpp"
#include "rarewood/track/sync_options.hpp"
#include "rarewood/track/track_options.hpp"

namespace rarewood {

/// What became of a run of the journal.
struct SyncedRun {
  std::string run;      ///< name of its folder
  std::string outcome;  ///< "sent", "not sent", "not tried"
  SendResult result;    ///< of those that were tried
};

struct SyncReport {
  std::size_t already = 0;      ///< runs that the server had before
  std::vector<SyncedRun> runs;  ///< all others, in order of time
};

/// Folders of the runs that are asked for, each once, in order of time.
/// \throws Error(external) for a journal that is not there or holds no run, Error(usage) for a run
/// that is not there.
std::vector<std::filesystem::path> runs_to_sync(const std::string& journal,
                                                const std::vector<std::string>& names);

/// Send every run that the server of the options has not got whole. Once the server has failed the
/// others are not tried.
/// \param each  called with every run as soon as its outcome is known
/// \throws Error(external) if no server is named, or its address makes no sense; Error(interrupted)
SyncReport sync_runs(const std::vector<std::filesystem::path>& folders, const TrackOptions& options,
                     const std::function<void(const SyncedRun&)>& each, const Control& control);

std::size_t count_of(const SyncReport& report, const std::string& outcome);

/// "20261123T150931Z-0123abcd: sent (MLflow run 12ab, version 3)"
std::string sync_line(const SyncedRun& run);

/// "2 runs sent, 1 not sent, 14 were there already."
std::string sync_summary(const SyncReport& report);

std::string sync_to_json(const SyncReport& report, const std::string& tracking_uri);

}  // namespace rarewood

#pragma once

#include <filesystem>

#include "rarewood/base/control.hpp"
#include "rarewood/report/run_record.hpp"
#include "rarewood/track/track_options.hpp"

namespace rarewood {

/// Send a kept run to the tracking server, where one is named, and note what came of it in `record`
/// and in the folder. What a server does is only a warning. Times "track".
/// \param folder  of the run in the journal
/// \return whether the server has the run and would take more of it
/// \throws Error(interrupted)
bool send_kept_run(const std::filesystem::path& folder, const TrackOptions& options,
                   RunRecord& record, const Control& control);

}  // namespace rarewood

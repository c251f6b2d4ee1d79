#pragma once

#include <filesystem>
#include <string>

#include "rarewood/base/control.hpp"
#include "rarewood/track/track_options.hpp"

namespace rarewood {

/// What became of an attempt to send a run.
struct SendResult {
  std::string mlflow_run_id;   ///< "" where the server does not know the run
  std::string run_page;        ///< address of its page; "" likewise
  std::string model_version;   ///< in the registry; "" where the model has none
  bool complete = false;       ///< the server has all that the journal holds
  bool server_failed = false;  ///< nothing else that is sent now would fare better
  std::string warning;         ///< what is missing there; "" where nothing is
  std::string cure;            ///< which command sends it; "" where nothing is missing

  /// Both, for whoever is not that command.
  std::string warning_with_cure() const { return cure.empty() ? warning : warning + " " + cure; }
};

/// Send a run of the journal to the MLflow server of the options, as far as it is not there yet;
/// the candidates of a comparison as children of its run.
///
/// May be called any number of times, also after artifacts were added: what was sent is noted in
/// the run's sent.json, and a run whose note is lost is found again by its key. Nothing that a
/// server does is an error: the run stays in the journal, and the warning says what to do.
/// \param folder  of the run
/// \throws Error(interrupted)
SendResult send_run(const std::filesystem::path& folder, const TrackOptions& options,
                    const Control& control);

}  // namespace rarewood

#include "rarewood/track/sync.hpp"

#include "rarewood/base/error.hpp"
#include "rarewood/base/file.hpp"
#include "rarewood/cli/command.hpp"
#include "rarewood/track/tracking_address.hpp"

namespace rarewood {
namespace {

void run(const Call& call) {
  const SyncOptions options = sync_options().make(call.raw);
  const TrackOptions track = track_options().make(call.raw);
  const auto folders = runs_to_sync(track.journal, options.runs);
  const SyncReport report = sync_runs(
      folders, track, [](const SyncedRun& each) { print(sync_line(each) + "\n"); }, call.control);
  print(sync_summary(report) + "\n");
  if (!options.json.empty()) {
    write_file_whole(options.json, sync_to_json(report, tracking_address(track).url));
  }
  const std::size_t missing = report.runs.size() - count_of(report, "sent");
  if (missing == 0) return;
  throw Error(ErrorKind::external,
              "The server has not got all of the journal. Mend what is said "
              "above and run `rarewood sync` again: it goes on where it "
              "stopped.");
}

}  // namespace

Command sync_command() {
  Command command;
  command.spec.name = "sync";
  command.spec.summary = "Send the runs of the journal that an MLflow server has not got yet";
  command.spec.examples = {
      {"rarewood sync --tracking-uri http://127.0.0.1:5001", "all that is missing there"},
      {"rarewood sync 20261123T150931Z-0123abcd", "one run, by the name of its folder"},
      {"rarewood sync runs/20261123*", "those of a day"},
      {"rarewood sync --journal /srv/runs --json synced.json", "another journal; JSON besides"},
  };
  command.spec.groups = {option_group(sync_options()), option_group(track_options())};
  command.spec.positional = "runs";
  command.run = run;
  return command;
}

}  // namespace rarewood

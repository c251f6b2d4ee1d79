#include "rarewood/track/sync.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/track/send_state.hpp"
#include "rarewood/track/tracking_address.hpp"

namespace rarewood {
namespace {

using Json = nlohmann::ordered_json;

bool is_run(const std::filesystem::path& folder) {
  return std::filesystem::exists(folder / "run.json") &&
         folder.filename().string().find(".part-") == std::string::npos;
}

/// \param why  what the system says of the folder; "" where it is there and holds no run
[[noreturn]] void refuse_journal(const std::string& journal, const std::string& why) {
  std::error_code none;
  const std::string folder = std::filesystem::absolute(journal, none).lexically_normal().string();
  throw Error(ErrorKind::external,
              "There is no run journal in '" + (none ? journal : folder) + "' (" +
                  (why.empty() ? "no folder in it holds a run.json" : why) +
                  "). Name the folder that training wrote its runs to with --journal, or "
                  "RAREWOOD_JOURNAL; usually it is 'runs' where training was started.");
}

std::vector<std::filesystem::path> runs_of(const std::string& journal) {
  std::vector<std::filesystem::path> folders;
  std::error_code problem;
  for (std::filesystem::directory_iterator at(journal, problem), end; at != end;
       at.increment(problem)) {
    if (is_run(at->path())) folders.push_back(at->path());
  }
  if (problem) refuse_journal(journal, problem.message());
  if (folders.empty()) refuse_journal(journal, "");
  return folders;
}

std::filesystem::path run_named(const std::string& journal, std::string name) {
  while (name.size() > 1 && name.ends_with('/')) name.pop_back();
  for (const auto& folder : {std::filesystem::path(journal) / name, std::filesystem::path(name)}) {
    if (is_run(folder)) return folder;
  }
  throw Error(ErrorKind::usage, "There is no run '" + name + "' in the journal '" + journal +
                                    "'. Give the name of a folder in it, or --journal.");
}

bool by_name(const std::filesystem::path& one, const std::filesystem::path& other) {
  return one.filename() < other.filename();
}

bool is_same(const std::filesystem::path& one, const std::filesystem::path& other) {
  return one == other || std::filesystem::equivalent(one, other);
}

/// Where runs are going to be sent; refuses what would be refused once a run.
std::string server_url(const TrackOptions& options) {
  if (options.tracking_uri.empty()) {
    throw Error(ErrorKind::usage,
                "No MLflow server is named. Give its address with --tracking-uri or "
                "MLFLOW_TRACKING_URI.");
  }
  return tracking_address(options).url;
}

SyncedRun sync_run(const std::filesystem::path& folder, const TrackOptions& options,
                   const Control& control) {
  SyncedRun run{folder.filename().string(), "sent", send_run(folder, options, control)};
  if (!run.result.complete) run.outcome = "not sent";
  return run;
}

std::string runs_text(std::size_t count) {
  return thousands(count) + (count == 1 ? " run" : " runs");
}

}  // namespace

std::vector<std::filesystem::path> runs_to_sync(const std::string& journal,
                                                const std::vector<std::string>& names) {
  std::vector<std::filesystem::path> folders;
  for (const std::string& name : names) folders.push_back(run_named(journal, name));
  if (names.empty()) folders = runs_of(journal);
  std::ranges::sort(folders, by_name);  // a name begins with the time
  const auto [twice, end] = std::ranges::unique(folders, is_same);
  folders.erase(twice, end);
  return folders;
}

SyncReport sync_runs(const std::vector<std::filesystem::path>& folders, const TrackOptions& options,
                     const std::function<void(const SyncedRun&)>& each, const Control& control) {
  const std::string url = server_url(options);
  SyncReport report;
  bool server_failed = false;
  for (const auto& folder : folders) {
    if (is_sent(folder, read_send_state(folder, url))) {
      ++report.already;
      continue;
    }
    SyncedRun run{folder.filename().string(), "not tried", {}};
    if (!server_failed) run = sync_run(folder, options, control);
    server_failed = server_failed || run.result.server_failed;
    each(run);
    report.runs.push_back(std::move(run));
  }
  return report;
}

std::size_t count_of(const SyncReport& report, const std::string& outcome) {
  return static_cast<std::size_t>(std::ranges::count(report.runs, outcome, &SyncedRun::outcome));
}

std::string sync_line(const SyncedRun& run) {
  const SendResult& result = run.result;
  if (run.outcome == "not tried") return run.run + ": not tried";
  if (!result.complete) return run.run + ": not sent. " + result.warning;
  const std::string version =
      result.model_version.empty() ? "" : ", model version " + result.model_version;
  return run.run + ": sent (MLflow run " + result.mlflow_run_id + version + ")" +
         (result.warning.empty() ? "" : ". " + result.warning);
}

std::string sync_summary(const SyncReport& report) {
  std::string text = runs_text(count_of(report, "sent")) + " sent";
  const std::size_t missing = report.runs.size() - count_of(report, "sent");
  if (missing > 0) text += ", " + thousands(missing) + " not sent";
  if (report.already > 0) text += ", " + thousands(report.already) + " there already";
  return text + ".";
}

std::string sync_to_json(const SyncReport& report, const std::string& tracking_uri) {
  Json runs = Json::array();
  for (const SyncedRun& run : report.runs) {
    runs.push_back({{"run", run.run},
                    {"outcome", run.outcome},
                    {"mlflow_run_id", run.result.mlflow_run_id},
                    {"model_version", run.result.model_version},
                    {"run_page", run.result.run_page},
                    {"problem", run.result.warning}});
  }
  const Json json = {{"format_version", 1},
                     {"command", "sync"},
                     {"tracking_uri", tracking_uri},
                     {"already_there", report.already},
                     {"sent", count_of(report, "sent")},
                     {"not_sent", report.runs.size() - count_of(report, "sent")},
                     {"runs", runs}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace rarewood

#include "rarewood/track/journal.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "rarewood/base/error.hpp"
#include "rarewood/base/file.hpp"
#include "rarewood/base/utc.hpp"
#include "rarewood/report/record_json.hpp"

namespace rarewood {
namespace {

constexpr const char* kRecordFile = "run.json";
constexpr const char* kArtifactFolder = "artifacts";
constexpr const char* kCandidateFolder = "candidates";

/// Files that are being written lie beside their place under such a name.
bool unfinished(const std::filesystem::path& path) {
  return path.filename().string().find(".part-") != std::string::npos;
}

std::vector<Artifact> artifacts_of(const RunRecord& record) {
  std::vector<Artifact> artifacts;
  if (!record.classification_report.empty()) {
    artifacts.push_back({std::string(kReportArtifact), record.classification_report});
    artifacts.push_back({std::string(kConfusionArtifact), confusion_to_json(record)});
  }
  if (!record.importance.empty()) {
    artifacts.push_back({std::string(kImportanceArtifact), importance_to_json(record)});
  }
  return artifacts;
}

/// Write a file of a folder that is not published yet. Only the record is forced to the disk: after
/// a power cut the other files can be made again, and each flush would cost the run some 5 ms.
void stage_file(const std::filesystem::path& path, std::string_view bytes) {
  std::error_code status;
  std::filesystem::create_directories(path.parent_path(), status);
  errno = 0;
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), std::ssize(bytes));
  file.close();
  if (!file) {
    const std::string reason = errno == 0 ? "" : std::string(" (") + std::strerror(errno) + ")";
    throw Error(ErrorKind::external, "Cannot write '" + path.filename().string() +
                                         "' of the run journal" + reason +
                                         ". Check the space and the rights there, or choose "
                                         "another place with --journal.");
  }
}

/// "01-forest-with-class_weight": in the comparison's order, and readable.
std::string candidate_folder(std::size_t place, const RunRecord& candidate) {
  const std::string number = std::to_string(place + 1);
  std::string name = (number.size() < 2 ? "0" : "") + number + "-" + candidate.run_name;
  std::ranges::replace(name, ' ', '-');
  return name;
}

}  // namespace

std::filesystem::path run_folder(const std::string& journal, const RunRecord& record) {
  return std::filesystem::path(journal) /
         (utc_stamp(record.started_at_ms) + "-" + record.run_id.substr(0, 8));
}

std::filesystem::path write_run(const std::string& journal, const RunRecord& record,
                                const std::vector<Artifact>& more,
                                const std::vector<RunRecord>& candidates) {
  const std::filesystem::path folder = run_folder(journal, record);
  const std::filesystem::path staged = staging_path(folder);
  const auto stage = [&](const Artifact& artifact) {
    stage_file(artifact_path(staged, artifact.name), artifact.bytes);
  };
  try {
    std::ranges::for_each(artifacts_of(record), stage);
    std::ranges::for_each(more, stage);
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      stage_file(staged / kCandidateFolder / candidate_folder(i, candidates[i]) / kRecordFile,
                 record_to_json(candidates[i]));
    }
    rewrite_record(staged, record);
    publish_file(staged, folder);
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove_all(staged, ignored);
    throw;
  }
  return folder;
}

void rewrite_record(const std::filesystem::path& folder, const RunRecord& record) {
  write_file_whole(folder / kRecordFile, record_to_json(record));
}

void add_artifact(const std::filesystem::path& folder, const Artifact& artifact) {
  write_file_whole(artifact_path(folder, artifact.name), artifact.bytes);
}

RunRecord read_run(const std::filesystem::path& folder) {
  return record_from_json(read_file(folder / kRecordFile));
}

std::vector<std::string> artifact_names(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  const std::filesystem::path root = folder / kArtifactFolder;
  std::error_code none;
  for (std::filesystem::recursive_directory_iterator at(root, none), end; at != end;
       at.increment(none)) {
    if (at->is_regular_file() && !unfinished(at->path())) {
      names.push_back(at->path().lexically_relative(root).generic_string());
    }
  }
  std::ranges::sort(names);
  return names;
}

std::vector<std::filesystem::path> candidate_folders(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> folders;
  std::error_code none;
  for (std::filesystem::directory_iterator at(folder / kCandidateFolder, none), end; at != end;
       at.increment(none)) {
    if (std::filesystem::exists(at->path() / kRecordFile)) folders.push_back(at->path());
  }
  std::ranges::sort(folders);
  return folders;
}

std::filesystem::path artifact_path(const std::filesystem::path& folder, std::string_view name) {
  return folder / kArtifactFolder / name;
}

}  // namespace rarewood

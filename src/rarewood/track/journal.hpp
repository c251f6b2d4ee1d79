#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "rarewood/report/run_record.hpp"

namespace rarewood {

// The journal is the truth about runs; a tracking server is told what it holds.
//
//   <journal>/20261123T150931Z-0123abcd/    started at (UTC), first 8 digits of the run id
//     run.json      the RunRecord
//     artifacts/    files of the run, under the names below
//     candidates/   of a comparison: a folder like this one for each candidate, without artifacts
//     sent.json     what a tracking server has got of it; absent if none was asked

inline constexpr std::string_view kModelArtifact = "model/classification_model.onnx";
inline constexpr std::string_view kReportArtifact = "classification_report.txt";
inline constexpr std::string_view kConfusionArtifact = "confusion_matrix.json";
inline constexpr std::string_view kImportanceArtifact = "importance.json";
inline constexpr std::string_view kFigureArtifact = "feature_importance.png";

/// A file of a run, by its name below artifacts/.
struct Artifact {
  std::string name;
  std::string bytes;
};

/// The folder of a run; says nothing of whether it exists.
std::filesystem::path run_folder(const std::string& journal, const RunRecord& record);

/// Write a run's folder, whole or not at all: the record, the artifacts made of it (report,
/// confusion matrix, importances) and `more` ones.
/// \param candidates  records of the candidates of a comparison, each named by its run_name
/// \return the folder
/// \throws Error(external) naming what cannot be written.
std::filesystem::path write_run(const std::string& journal, const RunRecord& record,
                                const std::vector<Artifact>& more,
                                const std::vector<RunRecord>& candidates = {});

/// Folders of the candidates of a run, in their order; none for most runs.
std::vector<std::filesystem::path> candidate_folders(const std::filesystem::path& folder);

/// Put a newer record in the place of the old one, at once.
void rewrite_record(const std::filesystem::path& folder, const RunRecord& record);

/// Add one file, or replace it, at once.
void add_artifact(const std::filesystem::path& folder, const Artifact& artifact);

/// \throws Error(external) if there is no such run, Error(data) if its record is damaged.
RunRecord read_run(const std::filesystem::path& folder);

/// Names of the artifacts, sorted.
std::vector<std::string> artifact_names(const std::filesystem::path& folder);

/// Path of an artifact in a run's folder.
std::filesystem::path artifact_path(const std::filesystem::path& folder, std::string_view name);

}  // namespace rarewood

#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace rarewood {

/// Tags that say where a run comes from: rarewood.version, mlflow.user, mlflow.source.name
/// ("rarewood train"), mlflow.source.type, and mlflow.source.git.commit if the working directory is
/// in a repository.
std::vector<std::pair<std::string, std::string>> origin_tags(const std::string& command);

/// The commit checked out in the repository `folder` lies in, 40 hex digits; "" outside of one.
std::string git_commit(const std::filesystem::path& folder);

}  // namespace rarewood

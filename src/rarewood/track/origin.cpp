#include "rarewood/track/origin.hpp"

#include <algorithm>
#include <fstream>

#include "rarewood/base/process.hpp"
#include "rarewood/base/version.hpp"

// The commit is read from the files of .git: a git process would cost some 5 ms and need git.

namespace rarewood {
namespace {

std::string first_line(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

std::string after(const std::string& line, const std::string& beginning) {
  return line.starts_with(beginning) ? line.substr(beginning.size()) : "";
}

/// The folder with HEAD: .git itself, or where the file .git of a worktree points to.
std::filesystem::path git_folder(std::filesystem::path at) {
  std::error_code none;
  for (at = std::filesystem::absolute(at, none); !at.empty(); at = at.parent_path()) {
    std::filesystem::path entry = at / ".git";
    if (std::filesystem::is_directory(entry, none)) return entry;
    const std::string pointed = after(first_line(entry), "gitdir: ");
    if (!pointed.empty()) return at / pointed;
    if (at == at.parent_path()) break;
  }
  return {};
}

std::string packed_commit(const std::filesystem::path& packed, const std::string& reference) {
  std::ifstream file(packed);
  for (std::string line; std::getline(file, line);) {
    if (line.ends_with(" " + reference)) return line.substr(0, line.find(' '));
  }
  return "";
}

bool is_commit(const std::string& text) {
  return text.size() >= 40 &&
         std::ranges::all_of(text, [](unsigned char letter) { return std::isxdigit(letter) != 0; });
}

}  // namespace

std::string git_commit(const std::filesystem::path& folder) {
  const std::filesystem::path git = git_folder(folder);
  if (git.empty()) return "";
  const std::string head = first_line(git / "HEAD");
  const std::string reference = after(head, "ref: ");
  if (reference.empty()) return is_commit(head) ? head : "";
  const std::string shared = first_line(git / "commondir");
  const std::filesystem::path root = shared.empty() ? git : git / shared;
  const std::string loose = first_line(root / reference);
  const std::string commit = loose.empty() ? packed_commit(root / "packed-refs", reference) : loose;
  return is_commit(commit) ? commit : "";
}

std::vector<std::pair<std::string, std::string>> origin_tags(const std::string& command) {
  std::vector<std::pair<std::string, std::string>> tags{
      {"rarewood.version", rarewood_version()},
      {"mlflow.source.name", "rarewood " + command},
      {"mlflow.source.type", "LOCAL"}};
  if (const std::string user = login_name(); !user.empty()) tags.emplace_back("mlflow.user", user);
  if (const std::string commit = git_commit("."); !commit.empty()) {
    tags.emplace_back("mlflow.source.git.commit", commit);
  }
  return tags;
}

}  // namespace rarewood

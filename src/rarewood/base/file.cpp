#include "rarewood/base/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

#include "rarewood/base/error.hpp"

namespace rarewood {
namespace {

[[noreturn]] void refuse(const char* what, const std::filesystem::path& path, int reason) {
  const std::string hint =
      reason == ENOSPC || reason == EDQUOT ? " Free some space or choose another place."
      : reason == EFBIG                    ? " Raise the limit (ulimit -f) or choose another place."
      : reason == EACCES                   ? " Check the rights or choose another place."
                                           : " Check the path.";
  throw Error(ErrorKind::external, std::string("Cannot ") + what + " '" + path.string() +
                                       "': " + std::strerror(reason) + "." + hint);
}

void sync_path(const std::filesystem::path& path, int flags) {
  const int file = ::open(path.c_str(), flags | O_CLOEXEC);
  if (file < 0) refuse("open", path, errno);
  const int status = ::fsync(file);
  const int reason = errno;
  ::close(file);
  // Some file systems refuse fsync of a folder; the rename is atomic there all the same.
  if (status != 0 && reason != EINVAL) refuse("write", path, reason);
}

void write_all(int file, std::string_view bytes, const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) refuse("write", path, errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// Bytes asked for beyond what a file is said to hold, so that its end is met in one read.
constexpr std::size_t kBeyond = 4096;

}  // namespace

std::string read_file(const std::filesystem::path& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) refuse("read", path, EISDIR);
  std::ifstream file(path, std::ios::binary);
  if (!file) refuse("read", path, errno);
  // What it says of its size saves a string that doubles; a pipe says nothing, and a file may grow.
  const std::uintmax_t told = std::filesystem::file_size(path, ignored);
  std::string bytes;
  std::size_t filled = 0;
  for (std::size_t room = ignored ? 0 : told; file; room = filled) {
    bytes.resize(filled + room + kBeyond);
    file.read(bytes.data() + filled, static_cast<std::streamsize>(bytes.size() - filled));
    filled += static_cast<std::size_t>(file.gcount());
  }
  if (file.bad()) refuse("read", path, EIO);
  bytes.resize(filled);
  return bytes;
}

std::filesystem::path staging_path(const std::filesystem::path& path) {
  static std::atomic<unsigned> calls{0};
  if (path.has_parent_path()) {
    std::error_code status;
    std::filesystem::create_directories(path.parent_path(), status);
    if (status) refuse("make the folder of", path, status.value());
  }
  std::filesystem::path staged = path;
  staged += ".part-" + std::to_string(::getpid()) + "-" + std::to_string(calls++);
  return staged;
}

void publish_file(const std::filesystem::path& staged, const std::filesystem::path& path) {
  try {
    sync_path(staged, O_RDONLY);
    if (std::rename(staged.c_str(), path.c_str()) != 0) refuse("write", path, errno);
  } catch (...) {
    ::unlink(staged.c_str());
    throw;
  }
  const std::filesystem::path folder = path.parent_path();
  sync_path(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY);
}

StagedFile::StagedFile(std::filesystem::path path)
    : path_(std::move(path)), staged_(staging_path(path_)) {
  file_ = ::open(staged_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file_ < 0) refuse("write", path_, errno);
}

StagedFile::~StagedFile() {
  if (file_ < 0) return;
  ::close(file_);
  ::unlink(staged_.c_str());
}

void StagedFile::write(std::string_view bytes) { write_all(file_, bytes, path_); }

void StagedFile::publish() {
  publish_file(staged_, path_);
  ::close(file_);
  file_ = -1;
}

void StagedFile::rename() {
  if (std::rename(staged_.c_str(), path_.c_str()) != 0) refuse("write", path_, errno);
  ::close(file_);
  file_ = -1;
}

void write_file_whole(const std::filesystem::path& path, std::string_view bytes) {
  StagedFile file(path);
  file.write(bytes);
  file.publish();
}

void replace_file(const std::filesystem::path& path, std::string_view bytes) {
  StagedFile file(path);
  file.write(bytes);
  file.rename();
}

void check_folder_writable(const std::filesystem::path& folder) {
  std::filesystem::path probed = folder / "probe";
  std::error_code ignored;
  while (probed.has_parent_path() && probed != probed.parent_path() &&
         !std::filesystem::exists(probed.parent_path(), ignored)) {
    probed = probed.parent_path();
  }
  try {
    const StagedFile probe(probed);
  } catch (const Error& error) {
    throw Error(error.kind(), "Nothing can be written in the folder '" +
                                  probed.parent_path().string() + "'. Name another place.");
  }
}

std::optional<FileFacts> file_facts(const std::filesystem::path& path) {
  struct stat facts{};
  if (::stat(path.c_str(), &facts) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
    refuse("read", path, errno);
  }
  if (S_ISDIR(facts.st_mode)) return std::nullopt;
#ifdef __APPLE__
  const timespec& time = facts.st_mtimespec;
#else
  const timespec& time = facts.st_mtim;
#endif
  return FileFacts{
      .size = static_cast<std::uint64_t>(facts.st_size),
      .modified_ns = static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec,
      .identity = facts.st_ino};
}

}  // namespace rarewood

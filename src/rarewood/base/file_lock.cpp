#include "rarewood/base/file_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>

#include "rarewood/base/control.hpp"
#include "rarewood/base/error.hpp"

namespace rarewood {
namespace {

using Clock = std::chrono::steady_clock;

int open_lock_file(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (file >= 0) return file;
  throw Error(ErrorKind::external, "Cannot write '" + path.string() + "': " + std::strerror(errno) +
                                       ". Check the rights or choose another place.");
}

// A holder deletes the file before it lets go, so a lock on a deleted file protects nothing.
bool is_still_named(int file, const std::filesystem::path& path) {
  struct stat held{};
  struct stat named{};
  return ::fstat(file, &held) == 0 && ::stat(path.c_str(), &named) == 0 &&
         held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

}  // namespace

FileLock::FileLock(const std::filesystem::path& path, double patience_s,
                   const std::stop_token& stop)
    : path_(path) {
  path_ += ".lock";
  std::error_code ignored;  // opening the lock file says what is wrong
  if (path_.has_parent_path()) std::filesystem::create_directories(path_.parent_path(), ignored);
  const auto deadline = Clock::now() + std::chrono::duration<double>(patience_s);
  while (true) {
    const int file = open_lock_file(path_);
    if (::flock(file, LOCK_EX | LOCK_NB) == 0 && is_still_named(file, path_)) {
      file_ = file;
      return;
    }
    ::close(file);
    if (Clock::now() > deadline) {
      throw Error(ErrorKind::external, "Another process has been writing '" + path.string() +
                                           "' for too long. Wait for it, or end it and try again.");
    }
    pause_for(0.005, stop);
  }
}

FileLock::~FileLock() {
  ::unlink(path_.c_str());
  ::close(file_);
}

}  // namespace rarewood

#pragma once

#include <filesystem>
#include <stop_token>

namespace rarewood {

/// Only one holder per path at a time, among the threads and processes of this machine.
///
/// The lock is a file `path`.lock that exists while somebody holds or wants it; it is let go when
/// its holder ends, however it ends.
class FileLock {
 public:
  /// Wait for the lock. Missing folders are made.
  /// \param patience_s  seconds to wait before giving up
  /// \throws Error(external) if it cannot be had in time or its file cannot be made;
  ///         Error(interrupted) if a stop was asked for.
  FileLock(const std::filesystem::path& path, double patience_s, const std::stop_token& stop);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  std::filesystem::path path_;  // of the lock file
  int file_ = -1;
};

}  // namespace rarewood

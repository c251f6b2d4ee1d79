#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace rarewood {

/// \throws Error(external) if the file is missing or unreadable, naming it.
std::string read_file(const std::filesystem::path& path);

/// Write all of `bytes` or leave the old file as it was. Missing folders are made.
/// \throws Error(external) naming the path and the reason; nothing is left beside it.
void write_file_whole(const std::filesystem::path& path, std::string_view bytes);

/// The same without waiting for the disk: after a power cut the file may be old, or empty.
void replace_file(const std::filesystem::path& path, std::string_view bytes);

/// Try to write into the folder, or where it would be made; nothing is left there.
/// \throws Error(external) if that fails.
void check_folder_writable(const std::filesystem::path& folder);

/// A name beside `path` to write to until `publish_file`; unique to this process and call.
/// Missing folders are made. \throws Error(external).
std::filesystem::path staging_path(const std::filesystem::path& path);

/// fsync `staged`, give it the name `path`, fsync the folder. \throws Error(external).
void publish_file(const std::filesystem::path& staged, const std::filesystem::path& path);

/// A file that is written in parts under a name beside `path`, until it is whole.
class StagedFile {
 public:
  /// Missing folders are made. \throws Error(external) naming `path` and the reason.
  explicit StagedFile(std::filesystem::path path);
  ~StagedFile();  ///< drops what was not published
  StagedFile(const StagedFile&) = delete;
  StagedFile& operator=(const StagedFile&) = delete;

  void write(std::string_view bytes);  ///< \throws Error(external)
  void publish();  ///< gives it its name; the last call. \throws Error(external)
  void rename();   ///< the same without waiting for the disk

 private:
  std::filesystem::path path_;
  std::filesystem::path staged_;
  int file_ = -1;
};

/// What the file system knows of one file; changes with every whole write.
struct FileFacts {
  std::uint64_t size = 0;        ///< bytes
  std::int64_t modified_ns = 0;  ///< nanoseconds since 1970
  std::uint64_t identity = 0;    ///< number of the file in its file system
};

/// Nothing if `path` is missing or a folder. \throws Error(external) if it cannot be looked at.
std::optional<FileFacts> file_facts(const std::filesystem::path& path);

}  // namespace rarewood

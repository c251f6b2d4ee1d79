#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace rarewood {

/// \throws Error(external) if the file is missing or unreadable, naming it.
std::string read_file(const std::filesystem::path& path);

/// Write all of `bytes` or leave the old file as it was. Missing folders are made.
/// \throws Error(external) naming the path and the reason; nothing is left beside it.
void write_file_whole(const std::filesystem::path& path, std::string_view bytes);

/// A name beside `path` to write to until `publish_file`; unique to this process and call.
/// Missing folders are made. \throws Error(external).
std::filesystem::path staging_path(const std::filesystem::path& path);

/// fsync `staged`, give it the name `path`, fsync the folder. \throws Error(external).
void publish_file(const std::filesystem::path& staged, const std::filesystem::path& path);

}  // namespace rarewood

#include "rarewood/store/local_store.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include <arrow/buffer.h>
#include <arrow/io/file.h>
#include <arrow/result.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/file.hpp"
#include "rarewood/base/file_lock.hpp"
#include "rarewood/store/arrow_status.hpp"
#include "rarewood/store/key.hpp"

namespace rarewood {
namespace {

namespace fs = std::filesystem;

constexpr double kLockPatience = 60;  // seconds: as long as a large model takes to write

// Written beside an object while it is made; no object itself.
bool is_side_file(const std::string& name) {
  return name.ends_with(".lock") || name.find(".part-") != std::string::npos;
}

// Every write makes a new file and renames it, so these tell two writes apart without reading.
std::string etag_of(const FileFacts& facts) {
  return std::to_string(facts.size) + "-" + std::to_string(facts.modified_ns) + "-" +
         std::to_string(facts.identity);
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code status;
  for (const auto& entry : fs::directory_iterator(folder, status)) {
    const std::string name = entry.path().filename().string();
    if (!is_side_file(name)) names.push_back(name + (entry.is_directory(status) ? "/" : ""));
  }
  return names;
}

[[noreturn]] void refuse_missing(const fs::path& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) {
    throw Error(ErrorKind::external, "'" + path.string() + "' is a folder. Name a file in it." +
                                         present_instead("", names_in(path)));
  }
  fs::path missing = path;
  while (missing.has_parent_path() && missing != missing.parent_path() &&
         !fs::exists(missing.parent_path(), ignored)) {
    missing = missing.parent_path();
  }
  const fs::path folder = missing.has_parent_path() ? missing.parent_path() : fs::path(".");
  const std::string reason =
      missing == path ? "" : ": there is no folder '" + missing.string() + "'";
  const std::string help = present_instead(missing.filename().string(), names_in(folder));
  throw Error(ErrorKind::external, "'" + path.string() + "' does not exist" + reason + "." +
                                       (help.empty() ? " Check the path." : help));
}

/// Arrow's writers write into a staged file; what it throws goes through them as a Status.
class LocalOutput : public arrow::io::OutputStream {
 public:
  LocalOutput(const fs::path& path, std::stop_token stop)
      : path_(path), stop_(std::move(stop)), file_(std::in_place, path) {}

  arrow::Status Write(const void* data, std::int64_t nbytes) override {
    try {
      file_->write({static_cast<const char*>(data), static_cast<std::size_t>(nbytes)});
      written_ += nbytes;
      return arrow::Status::OK();
    } catch (const Error& error) {
      return status_of(error);
    }
  }
  using arrow::io::OutputStream::Write;

  arrow::Status Close() override {
    if (!file_) return arrow::Status::OK();
    try {
      const FileLock turn(path_, kLockPatience, stop_);
      file_->publish();
      file_.reset();
      return arrow::Status::OK();
    } catch (const Error& error) {
      return status_of(error);
    }
  }

  arrow::Status Abort() override {
    file_.reset();
    return arrow::Status::OK();
  }
  arrow::Result<std::int64_t> Tell() const override { return written_; }
  bool closed() const override { return !file_; }

 private:
  fs::path path_;
  std::stop_token stop_;
  std::optional<StagedFile> file_;
  std::int64_t written_ = 0;
};

class LocalStore : public ObjectStore {
 public:
  LocalStore(fs::path root, std::stop_token stop)
      : root_(std::move(root)), stop_(std::move(stop)) {}

  std::string read(const std::string& key) const override { return read_file(present(key)); }

  std::shared_ptr<arrow::io::RandomAccessFile> open(const std::string& key) const override {
    const fs::path path = present(key);
    auto file = arrow::io::ReadableFile::Open(path.string());
    if (!file.ok()) {
      throw error_of(file.status(), "Cannot read '" + path.string() + "'", ErrorKind::external);
    }
    return *file;
  }

  std::optional<ObjectInfo> find(const std::string& key) const override {
    const auto facts = file_facts(path_of(key));
    if (!facts) return std::nullopt;
    return ObjectInfo{.key = key, .size = facts->size, .etag = etag_of(*facts)};
  }

  std::vector<ObjectInfo> list(const std::string& prefix) const override {
    std::vector<ObjectInfo> found;
    std::error_code status;
    const fs::path top = root_.empty() ? fs::path(".") : root_;
    const fs::path start = top / folder_of(prefix);
    for (auto entry = fs::recursive_directory_iterator(start, status);
         !status && entry != fs::recursive_directory_iterator(); entry.increment(status)) {
      const std::string key = entry->path().lexically_relative(top).generic_string();
      if (!key.starts_with(prefix) || is_side_file(name_of(key))) continue;
      if (const auto object = find(key)) found.push_back(*object);
    }
    std::sort(found.begin(), found.end(),
              [](const ObjectInfo& a, const ObjectInfo& b) { return a.key < b.key; });
    return found;
  }

  void write(const std::string& key, std::string_view bytes) override {
    const fs::path path = path_of(key);
    const FileLock turn(path, kLockPatience, stop_);
    write_file_whole(path, bytes);
  }

  ConditionalWrite write_if_match(const std::string& key, std::string_view bytes,
                                  const std::optional<std::string>& etag) override {
    return stage(key, bytes)(etag);
  }

  Publish stage(const std::string& key, std::string_view bytes) override {
    const fs::path path = path_of(key);
    const auto file = std::make_shared<StagedFile>(path);
    file->write(bytes);
    return [path, file, stop = stop_](const std::optional<std::string>& etag) -> ConditionalWrite {
      const FileLock turn(path, kLockPatience, stop);
      const auto before = file_facts(path);
      const std::string present = before ? etag_of(*before) : "";
      if (present != etag.value_or("")) return {.written = false, .etag = present};
      file->publish();
      const auto after = file_facts(path);
      return {.written = true, .etag = after ? etag_of(*after) : ""};
    };
  }

  std::shared_ptr<arrow::io::OutputStream> create(const std::string& key) override {
    return std::make_shared<LocalOutput>(path_of(key), stop_);
  }

  std::string uri(const std::string& key) const override { return (root_ / key).string(); }

 private:
  fs::path path_of(const std::string& key) const {
    check_key(key);
    return root_ / key;
  }

  fs::path present(const std::string& key) const {
    fs::path path = path_of(key);
    if (!file_facts(path)) refuse_missing(path);
    return path;
  }

  fs::path root_;
  std::stop_token stop_;
};

}  // namespace

std::shared_ptr<ObjectStore> make_local_store(const std::filesystem::path& root,
                                              std::stop_token stop) {
  return std::make_shared<LocalStore>(root, std::move(stop));
}

}  // namespace rarewood

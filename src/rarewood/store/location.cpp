#include "rarewood/store/location.hpp"

#include <filesystem>

#include "rarewood/base/error.hpp"
#include "rarewood/store/local_store.hpp"
#include "rarewood/store/s3_store.hpp"

namespace rarewood {
namespace {

constexpr std::string_view kS3 = "s3://";

bool is_s3(const std::string& place) { return place.starts_with(kS3); }

void refuse_other_schemes(const std::string& place) {
  if (is_s3(place) || place.find("://") == std::string::npos) return;
  throw Error(ErrorKind::usage, "'" + place +
                                    "' is neither a local path nor an s3:// address. Use one of "
                                    "the two, such as s3://bucket/table.parquet.");
}

std::shared_ptr<ObjectStore> open_s3(std::string_view below, const StoreOptions& options,
                                     const Control& control) {
  while (below.ends_with('/')) below.remove_suffix(1);
  const std::size_t slash = below.find('/');
  S3Base base{.bucket = std::string(below.substr(0, slash))};
  if (slash != std::string_view::npos) base.prefix = std::string(below.substr(slash + 1)) + "/";
  return make_s3_store(base, options, control.stop);
}

}  // namespace

std::shared_ptr<ObjectStore> open_store(const StoreOptions& options, const Control& control) {
  refuse_other_schemes(options.store);
  if (options.store.empty()) {
    throw Error(ErrorKind::usage, "--store is empty. Give a folder or an s3:// address.");
  }
  if (is_s3(options.store)) {
    return open_s3(std::string_view(options.store).substr(kS3.size()), options, control);
  }
  return make_local_store(options.store, control.stop);
}

ObjectPlace resolve(const std::string& path_or_uri, const StoreOptions& options,
                    const Control& control) {
  refuse_other_schemes(path_or_uri);
  const std::size_t slash = path_or_uri.rfind('/');
  const std::string name = slash == std::string::npos ? path_or_uri : path_or_uri.substr(slash + 1);
  const bool names_bucket = is_s3(path_or_uri) && slash < kS3.size();
  if (name.empty() || name == "." || name == ".." || names_bucket) {
    throw Error(ErrorKind::usage, "'" + path_or_uri + "' names no file. Give the path of a file" +
                                      " or s3://bucket/key.");
  }
  const std::string parent = slash == std::string::npos ? "" : path_or_uri.substr(0, slash + 1);
  if (is_s3(path_or_uri)) {
    return {open_s3(std::string_view(parent).substr(kS3.size()), options, control), name};
  }
  return {make_local_store(parent, control.stop), name};
}

}  // namespace rarewood

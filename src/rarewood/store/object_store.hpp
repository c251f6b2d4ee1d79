#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace arrow::io {
class OutputStream;
class RandomAccessFile;
}  // namespace arrow::io

namespace rarewood {

/// What a store knows of one object without reading it.
struct ObjectInfo {
  std::string key;
  std::uint64_t size = 0;  ///< bytes
  std::string etag;  ///< another text whenever the object was written anew; means nothing else
};

/// What became of a conditional write.
struct ConditionalWrite {
  bool written = false;  ///< false: somebody else wrote first, and nothing was changed
  std::string etag;      ///< of the object that is there now; "" if there is none
};

/// The last step of a conditional write, for the ETag of the object that was seen; none = there
/// must be no object yet. May be called again after a refusal; nothing is left if it never is.
using Publish = std::function<ConditionalWrite(const std::optional<std::string>& etag)>;

/// A place of whole, named byte strings: a local folder or S3.
///
/// Keys are relative names with '/' between their parts, such as
/// "processed-data/training_data.parquet"; "", "." and ".." are no parts. All members may be called
/// from several threads at once. Failures are Error(external) and name the object by `uri`.
class ObjectStore {
 public:
  virtual ~ObjectStore() = default;

  /// The whole object. \throws Error(external) if it is missing, naming what is there instead.
  virtual std::string read(const std::string& key) const = 0;

  /// The object for reading in parts; each part comes from the object as it was when opened.
  /// \throws Error(external) if it is missing. Later failures are a Status made by `status_of`.
  virtual std::shared_ptr<arrow::io::RandomAccessFile> open(const std::string& key) const = 0;

  /// Nothing if there is no such object. \throws Error(external) if there is not even its bucket.
  virtual std::optional<ObjectInfo> find(const std::string& key) const = 0;

  /// All objects whose keys begin with `prefix` ("" = all), sorted by key.
  virtual std::vector<ObjectInfo> list(const std::string& prefix) const = 0;

  /// Readers see the old object or the new one, never a part.
  virtual void write(const std::string& key, std::string_view bytes) = 0;

  /// Write only if the object is still the one that was seen.
  /// \param etag  of the object seen by `find`; none = there must be no object yet
  virtual ConditionalWrite write_if_match(const std::string& key, std::string_view bytes,
                                          const std::optional<std::string>& etag) = 0;

  /// The first part of `write_if_match`: a folder has all bytes on its disk when this returns, so
  /// that no lack of room comes later. S3 has none of them yet. `bytes` must outlive the result.
  virtual Publish stage(const std::string& key, std::string_view bytes) = 0;

  /// A new object of any size, written in parts: it appears whole when Close() returns, or not at
  /// all if the stream is destroyed or aborted before. Failures are a Status made by `status_of`.
  virtual std::shared_ptr<arrow::io::OutputStream> create(const std::string& key) = 0;

  /// The object's name for people: "s3://models/classification_model.pkl" or a path.
  virtual std::string uri(const std::string& key) const = 0;
};

}  // namespace rarewood

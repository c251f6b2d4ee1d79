#include "rarewood/store/s3_file.hpp"

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

#include <arrow/buffer.h>
#include <arrow/io/interfaces.h>
#include <arrow/result.h>
#include <arrow/status.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/store/arrow_status.hpp"
#include "rarewood/store/s3_error.hpp"

namespace rarewood {
namespace {

using BufferResult = arrow::Result<std::shared_ptr<arrow::Buffer>>;

// One request costs about as much as sending this many bytes: asking for less saves nothing.
constexpr std::int64_t kChunk = std::int64_t{4} << 20;

/// Bytes of the object from `begin` on.
struct Window {
  std::int64_t begin = 0;
  std::shared_ptr<arrow::Buffer> bytes = arrow::Buffer::FromString("");

  bool holds(std::int64_t position, std::int64_t nbytes) const {
    return position >= begin && position + nbytes <= begin + bytes->size();
  }
  std::shared_ptr<arrow::Buffer> slice(std::int64_t position, std::int64_t nbytes) const {
    return arrow::SliceBuffer(bytes, position - begin, nbytes);
  }
};

/// The facts of an object that its first answer tells.
struct OpenedObject {
  S3Request request;  // of the object; a range is added
  std::string etag;
  std::int64_t size = 0;
  Window tail;
};

std::string byte_range(std::int64_t first, std::int64_t last) {
  return "bytes=" + std::to_string(first) + "-" + std::to_string(last);
}

class S3File : public arrow::io::RandomAccessFile {
 public:
  S3File(std::shared_ptr<const S3Client> client, OpenedObject object)
      : client_(std::move(client)), object_(std::move(object)) {}

  BufferResult ReadAt(std::int64_t position, std::int64_t nbytes) override {
    if (position < 0 || nbytes < 0) return arrow::Status::Invalid("negative position or size");
    nbytes = std::min(nbytes, std::max<std::int64_t>(0, object_.size - position));
    if (nbytes == 0) return arrow::Buffer::FromString("");
    if (object_.tail.holds(position, nbytes)) return object_.tail.slice(position, nbytes);
    try {
      return fetch(position, nbytes);
    } catch (const Error& error) {
      return status_of(error);
    } catch (const std::bad_alloc&) {
      return arrow::Status::OutOfMemory("no memory for ", nbytes, " bytes");
    }
  }

  arrow::Result<std::int64_t> ReadAt(std::int64_t position, std::int64_t nbytes,
                                     void* out) override {
    ARROW_ASSIGN_OR_RAISE(const auto bytes, ReadAt(position, nbytes));
    std::memcpy(out, bytes->data(), static_cast<std::size_t>(bytes->size()));
    return bytes->size();
  }

  // One after the other, as a text table is read: ahead in large steps.
  BufferResult Read(std::int64_t nbytes) override {
    nbytes = std::min(nbytes, std::max<std::int64_t>(0, object_.size - position_));
    if (!ahead_.holds(position_, nbytes)) {
      ARROW_ASSIGN_OR_RAISE(ahead_.bytes, ReadAt(position_, std::max(nbytes, kChunk)));
      ahead_.begin = position_;
    }
    auto bytes = ahead_.slice(position_, nbytes);
    position_ += nbytes;
    return bytes;
  }

  arrow::Result<std::int64_t> Read(std::int64_t nbytes, void* out) override {
    ARROW_ASSIGN_OR_RAISE(const auto bytes, Read(nbytes));
    std::memcpy(out, bytes->data(), static_cast<std::size_t>(bytes->size()));
    return bytes->size();
  }

  arrow::Status Seek(std::int64_t position) override {
    if (position < 0) return arrow::Status::Invalid("negative position");
    position_ = position;
    return arrow::Status::OK();
  }
  arrow::Result<std::int64_t> Tell() const override { return position_; }
  arrow::Result<std::int64_t> GetSize() override { return object_.size; }
  arrow::Status Close() override {
    closed_ = true;
    return arrow::Status::OK();
  }
  bool closed() const override { return closed_; }

 private:
  std::shared_ptr<arrow::Buffer> fetch(std::int64_t position, std::int64_t nbytes) const {
    S3Request request = object_.request;
    request.headers = {{"range", byte_range(position, position + nbytes - 1)},
                       {"if-match", object_.etag}};
    S3Answer answer = client_->send(request);
    const std::string uri = s3_uri(request.bucket, request.key);
    if (answer.status == 412) {
      throw Error(ErrorKind::external, "'" + uri + "' was replaced while it was read. Try again.");
    }
    if (!answer.ok()) throw s3_error(*client_, request, answer);
    if (answer.body.size() != static_cast<std::size_t>(nbytes)) {
      throw Error(ErrorKind::external, "Cannot read '" + uri + "' in parts: the server sent " +
                                           std::to_string(answer.body.size()) + " bytes for " +
                                           std::to_string(nbytes) +
                                           ". Copy it to a local file first.");
    }
    return arrow::Buffer::FromString(std::move(answer.body));
  }

  std::shared_ptr<const S3Client> client_;
  OpenedObject object_;
  Window ahead_;
  std::int64_t position_ = 0;
  bool closed_ = false;
};

// "bytes 0-9/1234" -> 1234; without ranges the answer is the whole object.
std::int64_t total_size(const HttpResponse& answer) {
  const std::string range = answer.header("content-range");
  const auto size = parse_int64(std::string_view(range).substr(range.find('/') + 1));
  return answer.status == 206 && size ? *size : std::ssize(answer.body);
}

}  // namespace

std::shared_ptr<arrow::io::RandomAccessFile> open_s3_file(std::shared_ptr<const S3Client> client,
                                                          const std::string& bucket,
                                                          const std::string& key) {
  OpenedObject object;
  object.request = {.bucket = bucket, .key = key};
  S3Request request = object.request;
  request.headers = {{"range", "bytes=-" + std::to_string(kChunk)}};
  S3Answer answer = client->send(request);
  if (answer.status == 416) answer = client->send(object.request);  // an empty object has no range
  if (!answer.ok()) throw s3_error(*client, request, answer);
  object.etag = answer.header("etag");
  object.size = total_size(answer);
  object.tail.begin = object.size - std::ssize(answer.body);
  object.tail.bytes = arrow::Buffer::FromString(std::move(answer.body));
  return std::make_shared<S3File>(std::move(client), std::move(object));
}

}  // namespace rarewood

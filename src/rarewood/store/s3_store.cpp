#include "rarewood/store/s3_store.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include <arrow/io/interfaces.h>
#include <arrow/status.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/store/arrow_status.hpp"
#include "rarewood/store/key.hpp"
#include "rarewood/store/s3_client.hpp"
#include "rarewood/store/s3_error.hpp"
#include "rarewood/store/s3_file.hpp"
#include "rarewood/store/s3_output.hpp"
#include "rarewood/store/xml.hpp"

namespace rarewood {
namespace {

// Above this, one PUT is too much to repeat for one broken connection (S3's own limit is 5 GiB).
constexpr std::size_t kLargestPut = std::size_t{256} << 20;

class S3Store : public ObjectStore {
 public:
  S3Store(S3Base base, std::shared_ptr<const S3Client> client)
      : base_(std::move(base)), client_(std::move(client)) {}

  std::string read(const std::string& key) const override {
    return client_->demand(request_for(key)).body;
  }

  std::shared_ptr<arrow::io::RandomAccessFile> open(const std::string& key) const override {
    const S3Request place = request_for(key);
    return open_s3_file(client_, place.bucket, place.key);
  }

  std::optional<ObjectInfo> find(const std::string& key) const override {
    S3Request request = request_for(key);
    request.method = "HEAD";
    const S3Answer answer = client_->send(request);
    if (!answer.ok()) {
      // The answer to HEAD has no body to say why: ask again in a way that has.
      request.method = "GET";
      request.headers = {{"range", "bytes=0-0"}};
      const S3Answer reason = client_->send(request);
      const bool written_since = answer.status == 404 && reason.ok();
      if (written_since || xml_text(reason.body, "Code") == "NoSuchKey") return std::nullopt;
      throw s3_error(*client_, request, reason);
    }
    // Without one, a conditional write would have no condition.
    if (answer.header("etag").empty()) throw s3_error(*client_, request, answer);
    const auto size = parse_int64(answer.header("content-length"));
    return ObjectInfo{.key = key,
                      .size = static_cast<std::uint64_t>(size.value_or(0)),
                      .etag = answer.header("etag")};
  }

  std::vector<ObjectInfo> list(const std::string& prefix) const override {
    std::vector<ObjectInfo> found;
    for (const S3Base& place : places_of(prefix)) append_objects(place, found);
    std::sort(found.begin(), found.end(),
              [](const ObjectInfo& a, const ObjectInfo& b) { return a.key < b.key; });
    return found;
  }

  void write(const std::string& key, std::string_view bytes) override {
    if (bytes.size() > kLargestPut) return write_in_parts(key, bytes);
    S3Request request = request_for(key);
    request.body = bytes;
    const S3Answer answer = put_s3_object(*client_, request);
    if (!answer.ok()) throw s3_error(*client_, request, answer);
  }

  ConditionalWrite write_if_match(const std::string& key, std::string_view bytes,
                                  const std::optional<std::string>& etag) override {
    S3Request request = request_for(key);
    request.body = bytes;
    request.headers = {{etag ? "if-match" : "if-none-match", etag.value_or("*")}};
    request.counted = true;
    const S3Answer answer = put_s3_object(*client_, request);
    if (answer.ok()) return {.written = true, .etag = answer.header("etag")};
    const bool gone = etag && xml_text(answer.body, "Code") == "NoSuchKey";
    if (answer.status != 412 && answer.status != 409 && !gone) {
      throw s3_error(*client_, request, answer);
    }
    const auto now = find(key);
    // If the answer to a first try was lost, what stands in the way of the second is our own.
    const bool ours = answer.attempts > 1 && now && read(key) == bytes;
    return {.written = ours, .etag = now ? now->etag : ""};
  }

  Publish stage(const std::string& key, std::string_view bytes) override {
    return [this, key, bytes](const std::optional<std::string>& etag) {
      return write_if_match(key, bytes, etag);
    };
  }

  std::shared_ptr<arrow::io::OutputStream> create(const std::string& key) override {
    const S3Request place = request_for(key);
    return create_s3_object(client_, place.bucket, place.key);
  }

  std::string uri(const std::string& key) const override {
    return base_.bucket.empty() ? "s3://" + key : s3_uri(base_.bucket, base_.prefix + key);
  }

 private:
  S3Request request_for(const std::string& key) const {
    check_key(key);
    if (!base_.bucket.empty()) return {.bucket = base_.bucket, .key = base_.prefix + key};
    const std::size_t slash = key.find('/');
    if (slash == std::string::npos) {
      throw Error(ErrorKind::usage, "With --store s3:// a key begins with its bucket, and '" + key +
                                        "' has none. Write bucket/" + key + ".");
    }
    return {.bucket = key.substr(0, slash), .key = key.substr(slash + 1)};
  }

  // Bucket and key prefix of each bucket that keys with this prefix may be in.
  std::vector<S3Base> places_of(const std::string& prefix) const {
    if (!base_.bucket.empty()) return {{base_.bucket, base_.prefix + prefix}};
    const std::size_t slash = prefix.find('/');
    if (slash != std::string::npos) return {{prefix.substr(0, slash), prefix.substr(slash + 1)}};
    std::vector<S3Base> places;
    const S3Answer answer = client_->demand({});
    for (const auto name : xml_elements(answer.body, "Name")) {
      if (name.starts_with(prefix)) places.push_back({std::string(name), ""});
    }
    return places;
  }

  void append_objects(const S3Base& place, std::vector<ObjectInfo>& found) const {
    S3Request request{.bucket = place.bucket,
                      .query = {{"list-type", "2"}, {"prefix", place.prefix}}};
    const std::string before = base_.bucket.empty() ? place.bucket + "/" : "";
    while (true) {
      const S3Answer answer = client_->demand(request);
      const std::string& page = answer.body;
      if (page.find("<ListBucketResult") == std::string::npos) {
        throw s3_error(*client_, request, answer);
      }
      for (const auto object : xml_elements(page, "Contents")) {
        const std::string key = xml_text(object, "Key").substr(base_.prefix.size());
        if (key.empty() || key.ends_with('/')) continue;  // a console's mark of an empty folder
        const auto size = parse_int64(xml_text(object, "Size"));
        found.push_back({.key = before + key,
                         .size = static_cast<std::uint64_t>(size.value_or(0)),
                         .etag = xml_text(object, "ETag")});
      }
      const std::string next = xml_text(page, "NextContinuationToken");
      if (xml_text(page, "IsTruncated") != "true" || next.empty()) return;
      request.query = {{"list-type", "2"}, {"prefix", place.prefix}, {"continuation-token", next}};
    }
  }

  void write_in_parts(const std::string& key, std::string_view bytes) {
    const auto output = create(key);
    arrow::Status status = output->Write(bytes);
    if (status.ok()) status = output->Close();
    if (!status.ok()) {
      throw error_of(status, "Cannot write '" + uri(key) + "'", ErrorKind::external);
    }
  }

  S3Base base_;
  std::shared_ptr<const S3Client> client_;
};

}  // namespace

std::shared_ptr<ObjectStore> make_s3_store(const S3Base& base, const StoreOptions& options,
                                           const std::stop_token& stop) {
  return std::make_shared<S3Store>(base, std::make_shared<S3Client>(options, stop));
}

}  // namespace rarewood

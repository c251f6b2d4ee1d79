#include "rarewood/store/s3_output.hpp"

#include <algorithm>
#include <cstddef>
#include <new>
#include <utility>
#include <vector>

#include <arrow/io/interfaces.h>
#include <arrow/result.h>
#include <arrow/status.h>

#include "rarewood/base/encoding.hpp"
#include "rarewood/base/error.hpp"
#include "rarewood/store/arrow_status.hpp"
#include "rarewood/store/s3_error.hpp"
#include "rarewood/store/sha256.hpp"
#include "rarewood/store/xml.hpp"

namespace rarewood {
namespace {

// S3 takes up to 10,000 parts of at least 5 MiB: with these, objects of up to 168 GB.
constexpr std::size_t kPart = std::size_t{16} << 20;

constexpr const char* kChecksum = "x-amz-checksum-sha256";

struct Part {
  std::string etag;
  std::string checksum;  // SHA-256, base64
};

/// \param stored  the checksum that the server names; "" if it names none, as some do
void check_stored(const S3Client& client, const S3Request& request, const std::string& stored,
                  const std::string& sent) {
  if (stored.empty() || stored == sent) return;
  throw Error(ErrorKind::external, "What the object store at " + client.endpoint() + " kept as '" +
                                       s3_uri(request.bucket, request.key) +
                                       "' is not what was sent. Try again.");
}

/// Less than one part is put whole; more goes up part by part and is joined by the server.
class S3Output : public arrow::io::OutputStream {
 public:
  S3Output(std::shared_ptr<const S3Client> client, S3Request object)
      : client_(std::move(client)), object_(std::move(object)) {}

  ~S3Output() override { (void)Abort(); }

  arrow::Status Write(const void* data, std::int64_t nbytes) override {
    std::string_view bytes(static_cast<const char*>(data), static_cast<std::size_t>(nbytes));
    return reported([&] {
      while (!bytes.empty()) {
        const std::string_view taken = bytes.substr(0, kPart - pending_.size());
        pending_.append(taken);
        bytes.remove_prefix(taken.size());
        if (pending_.size() == kPart) send_part();
      }
      written_ += nbytes;
    });
  }
  using arrow::io::OutputStream::Write;

  arrow::Status Close() override {
    if (closed_) return arrow::Status::OK();
    return reported([&] {
      if (upload_.empty()) {
        put_whole();
      } else {
        if (!pending_.empty()) send_part();
        join_parts();
      }
      closed_ = true;
    });
  }

  // Parts of an upload that is not completed cost money until somebody deletes them.
  arrow::Status Abort() override {
    if (closed_) return arrow::Status::OK();
    closed_ = true;
    if (upload_.empty()) return arrow::Status::OK();
    return reported([&] {
      S3Request request = part_request("DELETE", {{"uploadId", upload_}});
      request.cleans_up = true;
      (void)client_->send(request);
    });
  }

  arrow::Result<std::int64_t> Tell() const override { return written_; }
  bool closed() const override { return closed_; }

 private:
  template <typename Action>
  static arrow::Status reported(Action action) {
    try {
      action();
      return arrow::Status::OK();
    } catch (const Error& error) {
      return status_of(error);
    } catch (const std::bad_alloc&) {
      return arrow::Status::OutOfMemory("no memory to write to S3");
    }
  }

  S3Request part_request(const std::string& method, const HttpHeaders& query) const {
    S3Request request = object_;
    request.method = method;
    request.query = query;
    return request;
  }

  void put_whole() const {
    S3Request request = object_;
    request.body = pending_;
    const S3Answer answer = put_s3_object(*client_, request);
    if (!answer.ok()) throw s3_error(*client_, request, answer);
  }

  void start_upload() {
    S3Request request = part_request("POST", {{"uploads", ""}});
    request.headers = {{"x-amz-checksum-algorithm", "SHA256"}};
    const S3Answer answer = client_->demand(request);
    upload_ = xml_text(answer.body, "UploadId");
    if (upload_.empty()) throw s3_error(*client_, request, answer);
  }

  void send_part() {
    if (upload_.empty()) start_upload();
    S3Request request = part_request(
        "PUT", {{"partNumber", std::to_string(parts_.size() + 1)}, {"uploadId", upload_}});
    request.body = pending_;
    request.body_sha256 = sha256(pending_);
    Part part{.etag = "", .checksum = base64_text(request.body_sha256)};
    request.headers = {{kChecksum, part.checksum}};
    const S3Answer answer = client_->demand(request);
    check_stored(*client_, request, answer.header(kChecksum), part.checksum);
    part.etag = answer.header("etag");
    parts_.push_back(std::move(part));
    hashes_ += request.body_sha256;
    pending_.clear();
  }

  // S3's checksum of an object that came in parts: of their hashes, and how many these are.
  std::string joint_checksum() const {
    return base64_text(sha256(hashes_)) + "-" + std::to_string(parts_.size());
  }

  std::string parts_text() const {
    std::string text = "<CompleteMultipartUpload>";
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      text += "<Part><PartNumber>" + std::to_string(i + 1) + "</PartNumber><ETag>" +
              parts_[i].etag + "</ETag><ChecksumSHA256>" + parts_[i].checksum +
              "</ChecksumSHA256></Part>";
    }
    return text + "</CompleteMultipartUpload>";
  }

  void join_parts() {
    const std::string parts = parts_text();
    S3Request request = part_request("POST", {{"uploadId", upload_}});
    request.body = parts;
    request.counted = true;
    S3Answer answer = client_->send(request);
    // A lost answer to a first try that worked: the upload is gone because the object is there.
    const bool done_before = answer.attempts > 1 && answer.status == 404 && is_there();
    // S3 may say 200 before it has finished and put a failure into the body.
    const bool failed_late = answer.body.find("<Error>") != std::string::npos;
    if ((!answer.ok() || failed_late) && !done_before) throw s3_error(*client_, request, answer);
    check_stored(*client_, request, xml_text(answer.body, "ChecksumSHA256"), joint_checksum());
  }

  bool is_there() const {
    S3Request request = part_request("HEAD", {});
    request.headers = {{"x-amz-checksum-mode", "ENABLED"}};
    const S3Answer answer = client_->send(request);
    const std::string stored = answer.header(kChecksum);
    return answer.ok() && answer.header("content-length") == std::to_string(written_) &&
           (stored.empty() || stored == joint_checksum());
  }

  std::shared_ptr<const S3Client> client_;
  S3Request object_;
  std::string pending_;
  std::string upload_;
  std::vector<Part> parts_;
  std::string hashes_;  // of the parts, one after the other
  std::int64_t written_ = 0;
  bool closed_ = false;
};

}  // namespace

S3Answer put_s3_object(const S3Client& client, S3Request& request) {
  request.body_sha256 = sha256(request.body);
  const std::string checksum = base64_text(request.body_sha256);
  request.method = "PUT";
  request.headers.emplace_back(kChecksum, checksum);
  S3Answer answer = client.send(request);
  if (answer.ok() && answer.header("etag").empty()) throw s3_error(client, request, answer);
  if (answer.ok()) check_stored(client, request, answer.header(kChecksum), checksum);
  return answer;
}

std::shared_ptr<arrow::io::OutputStream> create_s3_object(std::shared_ptr<const S3Client> client,
                                                          const std::string& bucket,
                                                          const std::string& key) {
  return std::make_shared<S3Output>(std::move(client), S3Request{.bucket = bucket, .key = key});
}

}  // namespace rarewood

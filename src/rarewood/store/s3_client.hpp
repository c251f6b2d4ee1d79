#pragma once

#include <stop_token>
#include <string>
#include <string_view>

#include "rarewood/store/aws_signature.hpp"
#include "rarewood/store/http.hpp"
#include "rarewood/store/s3_address.hpp"
#include "rarewood/store/store_options.hpp"

namespace rarewood {

/// One S3 operation. The body must outlive the call.
struct S3Request {
  std::string method = "GET";
  std::string bucket;  ///< "" = the server
  std::string key;     ///< "" = the bucket
  HttpHeaders query;   ///< not encoded
  HttpHeaders headers;
  std::string_view body;
  std::string body_sha256;  ///< its 32 bytes, where they are known; "" = not yet
  bool cleans_up = false;   ///< sent even after a stop: once, and for five seconds at most
  bool counted = false;     ///< `attempts` counts all that the server may have seen
};

/// "s3://bucket/key"
std::string s3_uri(const std::string& bucket, const std::string& key);

struct S3Answer : HttpResponse {
  int attempts = 1;  ///< of a counted request: if more, an earlier one may have been carried out

  bool ok() const { return status >= 200 && status < 300; }
};

/// Signs requests and repeats those that failed for a reason that may pass. Thread-safe.
class S3Client {
 public:
  /// \throws Error(usage) if the endpoint is no address or only half of the credentials is there.
  S3Client(const StoreOptions& options, std::stop_token stop);

  /// The server's answer, whatever its status, after up to s3_retries repetitions with growing
  /// random pauses, none of them begun after twice s3_request_timeout.
  /// \throws Error(external) if there is no answer, or the server speaks https and not http or the
  ///         other way round; Error(interrupted).
  S3Answer send(const S3Request& request) const;

  /// As `send`, but a refusal becomes an Error. \throws also what `s3_error` makes.
  S3Answer demand(const S3Request& request) const;

  /// "http://127.0.0.1:9000", for messages
  std::string endpoint() const { return server_.url(); }
  bool anonymous() const { return credentials_.access_key.empty(); }

 private:
  void check_scheme(const HttpResponse& answer) const;
  HttpRequest prepared(const S3Request& request, const std::string& payload_sha) const;

  S3Server server_;
  AwsCredentials credentials_;
  std::string region_;
  std::string ca_bundle_;
  double connect_timeout_;
  double stall_timeout_;
  int retries_;
  std::stop_token stop_;
};

}  // namespace rarewood

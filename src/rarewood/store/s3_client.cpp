#include "rarewood/store/s3_client.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <ctime>
#include <utility>

#include "rarewood/base/control.hpp"
#include "rarewood/base/encoding.hpp"
#include "rarewood/base/error.hpp"
#include "rarewood/base/log.hpp"
#include "rarewood/base/random.hpp"
#include "rarewood/store/other_scheme.hpp"
#include "rarewood/store/s3_error.hpp"
#include "rarewood/store/sha256.hpp"
#include "rarewood/store/xml.hpp"

namespace rarewood {
namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr double kCleaning = 5;  // seconds

// A server's answer that another try may change.
bool may_pass(const HttpResponse& response) {
  constexpr std::array<int, 6> kStatuses{0, 429, 500, 502, 503, 504};
  if (std::find(kStatuses.begin(), kStatuses.end(), response.status) != kStatuses.end()) {
    return true;
  }
  const std::string code = xml_text(response.body, "Code");
  return code == "RequestTimeout" || code == "ConditionalRequestConflict" ||
         code == "OperationAborted";
}

// Seconds: 0.05 to 0.1 before the second try, doubled for each further one, at most 5 s. Random, so
// that many clients turned away at once do not come back at once.
double pause_before(int attempt) {
  const auto now = Clock::now().time_since_epoch().count();
  Random random(static_cast<std::uint64_t>(now), "retry");
  const double longest = std::min(5.0, 0.1 * std::pow(2.0, attempt - 1));
  return longest * (0.5 + 0.5 * random.uniform());
}

}  // namespace

std::string s3_uri(const std::string& bucket, const std::string& key) {
  return "s3://" + bucket + (bucket.empty() || key.empty() ? "" : "/") + key;
}

S3Client::S3Client(const StoreOptions& options, std::stop_token stop)
    : server_(s3_server(options)),
      credentials_{options.s3_access_key, options.s3_secret_key, options.s3_session_token},
      region_(options.s3_region),
      ca_bundle_(options.s3_ca_bundle),
      connect_timeout_(options.s3_connect_timeout),
      stall_timeout_(options.s3_request_timeout),
      retries_(options.s3_retries),
      stop_(std::move(stop)) {
  if (options.s3_access_key.empty() != options.s3_secret_key.empty()) {
    throw Error(ErrorKind::usage,
                "S3 needs both halves of its credentials. Set AWS_ACCESS_KEY_ID and "
                "AWS_SECRET_ACCESS_KEY (or s3_access_key and s3_secret_key), or neither.");
  }
}

HttpRequest S3Client::prepared(const S3Request& request, const std::string& payload_sha) const {
  const S3Address address = s3_address(server_, request.bucket, request.key);
  HttpHeaders headers = request.headers;
  if (request.method == "PUT" || request.method == "POST") {
    headers.emplace_back("content-type", "application/octet-stream");
  }
  if (!anonymous()) {
    headers = signed_headers({.method = request.method,
                              .host = address.host,
                              .path = address.path,
                              .query = request.query,
                              .headers = headers,
                              .payload_sha = payload_sha},
                             credentials_, region_, std::time(nullptr));
  }
  const std::string query = canonical_query(request.query);
  return {.method = request.method,
          .url = server_.scheme + "://" + address.host + address.path +
                 (query.empty() ? "" : "?" + query),
          .headers = std::move(headers),
          .body = request.body,
          .ca_bundle = ca_bundle_,
          .connect_timeout = connect_timeout_,
          .stall_timeout = stall_timeout_,
          .whole_timeout = request.cleans_up ? kCleaning : 0,
          .sent_once = request.counted};
}

void S3Client::check_scheme(const HttpResponse& answer) const {
  const std::string meant = other_scheme(endpoint(), answer, stop_);
  if (!meant.empty()) throw s3_other_scheme(endpoint(), meant);
}

S3Answer S3Client::send(const S3Request& request) const {
  const std::string payload_sha =
      hex_text(request.body_sha256.empty() ? sha256(request.body) : request.body_sha256);
  const auto started = Clock::now();
  const std::stop_token stop = request.cleans_up ? std::stop_token() : stop_;
  const int retries = request.cleans_up ? 0 : retries_;
  for (int attempt = 1;; ++attempt) {
    S3Answer answer{send_http(prepared(request, payload_sha), stop), attempt};
    if (!may_pass(answer)) {
      check_scheme(answer);
      return answer;
    }
    const Seconds waited = Clock::now() - started;
    if (attempt > retries || waited.count() > 2 * stall_timeout_) {
      check_scheme(answer);
      if (answer.status == 0) throw s3_unreachable(endpoint(), answer.failure);
      return answer;
    }
    const std::string reason =
        answer.status == 0 ? answer.failure : "HTTP " + std::to_string(answer.status);
    log(LogLevel::debug, endpoint() + " failed try " + std::to_string(attempt) + " of " +
                             std::to_string(retries + 1) + ": " + reason);
    pause_for(pause_before(attempt), stop);
  }
}

S3Answer S3Client::demand(const S3Request& request) const {
  S3Answer answer = send(request);
  if (!answer.ok()) throw s3_error(*this, request, answer);
  return answer;
}

}  // namespace rarewood

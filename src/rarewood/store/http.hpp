#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rarewood {

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

/// One request. The body must outlive the call.
struct HttpRequest {
  std::string method = "GET";
  std::string url;  ///< sent as it is: already encoded
  HttpHeaders headers;
  std::string_view body;
  std::string ca_bundle;       ///< file of certificates to trust; "" = the system's
  double connect_timeout = 5;  ///< seconds
  double stall_timeout = 30;   ///< seconds without a byte in either direction
  double whole_timeout = 0;    ///< seconds from the start to the last byte; 0 = no bound
  bool sent_once = false;      ///< see `send_http`
};

/// Why there is no answer, as far as it tells what is wrong with an address.
enum class NoAnswer {
  none,          ///< there is one
  unknown_name,  ///< the host's name leads to no address
  no_tls,        ///< asked by https, it did not speak TLS
  certificate,   ///< it speaks TLS, and its certificate is not trusted
  no_http,       ///< it was reached, and what came was no HTTP, or nothing
  other,
};

/// What came back; a server's refusal is an answer too.
struct HttpResponse {
  int status = 0;                              ///< 0 = no answer, see `failure`
  std::map<std::string, std::string> headers;  ///< names in lower case
  std::string body;
  std::string failure;                  ///< why there is no answer: "Connection refused"
  NoAnswer no_answer = NoAnswer::none;  ///< its kind
  std::string peer;                     ///< IP address of what answered; "" = unknown

  std::string header(const std::string& name) const;  ///< "" if absent
};

/// Send once; redirects are not followed. Each thread keeps its connections open for its next
/// requests. libcurl repeats a request by itself if a connection that was kept open turns out to be
/// dead; `sent_once` opens a new one, so that the server sees the request at most once.
/// Never throws for what the network does.
/// \throws Error(interrupted) within about a second of a stop being asked for.
HttpResponse send_http(const HttpRequest& request, const std::stop_token& stop);

/// What carries a request to a server and brings the answer: send_http, and in tests whatever.
using Transport = std::function<HttpResponse(const HttpRequest&, const std::stop_token&)>;

/// Seconds since 1970 of a Date header; nothing if it is no date.
std::optional<std::int64_t> http_time(const std::string& date);

}  // namespace rarewood

#pragma once

#include <functional>
#include <map>
#include <memory>
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
  double connect_timeout = 5;  ///< seconds
  double stall_timeout = 30;   ///< seconds without a byte in either direction
  double whole_timeout = 0;    ///< seconds from the start to the last byte; 0 = no bound
};

/// What came back; a server's refusal is an answer too.
struct HttpResponse {
  int status = 0;                              ///< 0 = no answer, see `failure`
  std::map<std::string, std::string> headers;  ///< names in lower case
  std::string body;
  std::string failure;  ///< why there is no answer: "Connection refused"

  std::string header(const std::string& name) const;  ///< "" if absent
};

/// Sends requests and keeps connections open for the next ones. Any number of threads may send at
/// once. Redirects are not followed.
class HttpClient {
 public:
  HttpClient();
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  /// Send once. Never throws for what the network does.
  /// \throws Error(interrupted) within about a second of a stop being asked for.
  HttpResponse send(const HttpRequest& request, const std::stop_token& stop) const;

 private:
  struct Connections;
  std::unique_ptr<Connections> connections_;
};

}  // namespace rarewood

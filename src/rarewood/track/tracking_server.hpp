#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "rarewood/base/control.hpp"
#include "rarewood/base/error.hpp"
#include "rarewood/store/http.hpp"
#include "rarewood/track/tracking_address.hpp"

namespace rarewood {

struct TrackingRequest {
  std::string method = "POST";
  std::string path;  ///< below the server's address, encoded
  std::string_view body;
  std::string content_type = "application/json";
};

/// What MLflow answered: a result, or a refusal with its own error code.
struct TrackingReply {
  std::string error_code;  ///< "" = done; "RESOURCE_DOES_NOT_EXIST", ...
  std::string message;     ///< of a refusal
  std::string body;        ///< of a result
};

/// The error for a server that does not answer.
Error unreachable_tracking_server(const TrackingAddress& address, const std::string& failure);

/// Requests to one MLflow server within one span of time for all of them together.
///
/// Everything that goes wrong becomes an Error(external) that tells the cure: no answer, an answer
/// that is not MLflow's, a refused host name, wrong credentials, a failure inside the server, time
/// used up.
class TrackingServer {
 public:
  /// The time begins now. \throws Error(external) if the address makes no sense.
  TrackingServer(const TrackOptions& options, const Control& control);

  /// \throws Error(external), Error(interrupted).
  TrackingReply ask(const TrackingRequest& request) const;

  const TrackingAddress& address() const { return address_; }

 private:
  double seconds_left() const;

  TrackingAddress address_;
  double timeout_;
  std::stop_token stop_;
  std::chrono::steady_clock::time_point end_;
};

}  // namespace rarewood

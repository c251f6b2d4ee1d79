#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "rarewood/base/control.hpp"
#include "rarewood/base/error.hpp"
#include "rarewood/store/http.hpp"
#include "rarewood/track/tracking_address.hpp"

namespace rarewood {

/// The server cannot be used as it is: no answer, no MLflow, a refused host or credentials, a
/// failure inside, time used up. What is sent next fares no better.
class ServerFailure : public Error {
 public:
  explicit ServerFailure(const std::string& sentence) : Error(ErrorKind::external, sentence) {}
};

/// What answers does not know the call: no MLflow, or one older than the call.
class UnknownCall : public ServerFailure {
 public:
  using ServerFailure::ServerFailure;
};

struct TrackingRequest {
  std::string method = "POST";
  std::string path;  ///< below the server's address, encoded
  std::string_view body;
  std::string content_type = "application/json";
  bool makes = false;  ///< the server must see it at most once: twice makes two things
};

/// What MLflow answered: a result, or a refusal with its own error code.
struct TrackingReply {
  std::string error_code;  ///< "" = done; "RESOURCE_DOES_NOT_EXIST", ...
  std::string message;     ///< of a refusal
  std::string body;        ///< of a result
};

/// The failure of a server that does not answer.
ServerFailure unreachable_tracking_server(const TrackingAddress& address,
                                          const std::string& failure);

/// The failure of a server that speaks http where https was asked for, or the other way round.
/// \param meant  its address as it should be
ServerFailure wrong_scheme(const TrackingAddress& address, const std::string& meant);

/// Requests to one MLflow server within one span of time for all of them together.
///
/// Everything that goes wrong becomes a ServerFailure that tells the cure.
class TrackingServer {
 public:
  /// The time begins now.
  /// \param bytes  of files that are going to be sent: each megabyte adds a second
  /// \throws Error(external) if the address makes no sense.
  TrackingServer(const TrackOptions& options, std::uint64_t bytes, const Control& control,
                 Transport transport = send_http);

  /// \throws ServerFailure, Error(interrupted).
  TrackingReply ask(const TrackingRequest& request) const;

  const TrackingAddress& address() const { return address_; }

 private:
  double seconds_left() const;

  TrackingAddress address_;
  double timeout_;   ///< seconds, for small requests
  double all_time_;  ///< seconds, with those for files
  std::stop_token stop_;
  Transport transport_;
  std::chrono::steady_clock::time_point end_;
};

}  // namespace rarewood

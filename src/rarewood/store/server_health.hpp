#pragma once

#include <functional>
#include <string>

#include "rarewood/base/error.hpp"
#include "rarewood/base/health.hpp"
#include "rarewood/store/http.hpp"

namespace rarewood {

/// How to look at a server that speaks HTTP.
struct ServerLook {
  HttpRequest request;  ///< a small one that changes nothing
  /// The failure to answer as an error with its cure.
  std::function<Error(const std::string& failure)> unreachable;
  double clock_limit = 0;  ///< seconds the server tolerates between the clocks; 0 = any
};

/// Steps "name", "connection" and "clock": whether the host is known, answers, and has our time.
/// Any answer will do, a refusal too, except one that tells that http or https was meant. \throws
/// Error(interrupted).
/// \return the answer; status 0 if there was none
HttpResponse look_at_server(ServiceHealth& health, const ServerLook& look,
                            const std::stop_token& stop);

}  // namespace rarewood

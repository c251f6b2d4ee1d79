#pragma once

#include <string>

#include "rarewood/track/track_options.hpp"

namespace rarewood {

/// Where the tracking server is, and how it knows us.
struct TrackingAddress {
  std::string url;       ///< "http://127.0.0.1:5001", without credentials and final slash
  std::string host;      ///< "127.0.0.1:5001", as the server sees it
  std::string port;      ///< "5001"; "" where the address has none
  Secret authorization;  ///< value of the header; empty = none
};

/// Credentials come from the options, else from the address (http://user:password@host). A token
/// goes before user name and password.
/// \throws Error(usage) if the address is no http:// or https:// one: no server can ever be there.
TrackingAddress tracking_address(const TrackOptions& options);

/// Before any work: refuse an address that nothing can be sent to. \throws Error(usage)
void check_tracking_uri(const TrackOptions& options);

}  // namespace rarewood

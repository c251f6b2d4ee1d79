#pragma once

#include <stop_token>
#include <string>

#include "rarewood/store/http.hpp"

namespace rarewood {

/// The address that was meant, where a server speaks http and was asked by https or the other way
/// round; "" where that is not what is wrong. Looks only where the answer leaves it open, and then
/// asks once, without credentials, for no more than two seconds.
/// \param address  "https://127.0.0.1:5001"
/// \param answer   what a request to it came to
/// \throws Error(interrupted)
std::string other_scheme(const std::string& address, const HttpResponse& answer,
                         const std::stop_token& stop, const Transport& transport = send_http);

}  // namespace rarewood

#include "rarewood/store/other_scheme.hpp"

namespace rarewood {
namespace {

constexpr double kPatience = 2;  // seconds
constexpr std::string_view kPlain = "http://";
constexpr std::string_view kSecret = "https://";

HttpResponse look(const std::string& address, const std::stop_token& stop,
                  const Transport& transport) {
  HttpRequest request;
  request.url = address + "/";
  request.connect_timeout = kPatience;
  request.whole_timeout = kPatience;
  return transport(request, stop);
}

/// Servers that tell say so with status 400: "Client sent an HTTP request to an HTTPS server."
bool tells_of_https(const HttpResponse& answer) {
  return answer.status == 400 && answer.body.find("HTTPS") != std::string::npos;
}

}  // namespace

std::string other_scheme(const std::string& address, const HttpResponse& answer,
                         const std::stop_token& stop, const Transport& transport) {
  if (address.starts_with(kSecret) && answer.no_answer == NoAnswer::no_tls) {
    std::string plain = std::string(kPlain) + address.substr(kSecret.size());
    const HttpResponse there = look(plain, stop, transport);
    return there.status != 0 && !tells_of_https(there) ? plain : "";
  }
  const bool open = answer.no_answer == NoAnswer::no_http || tells_of_https(answer);
  if (!address.starts_with(kPlain) || !open) return "";
  std::string secret = std::string(kSecret) + address.substr(kPlain.size());
  const HttpResponse there = look(secret, stop, transport);
  return there.status != 0 || there.no_answer == NoAnswer::certificate ? secret : "";
}

}  // namespace rarewood

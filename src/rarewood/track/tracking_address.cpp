#include "rarewood/track/tracking_address.hpp"

#include <cstdint>

#include "rarewood/base/error.hpp"

namespace rarewood {
namespace {

std::string base64(const std::string& bytes) {
  static constexpr char kDigits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t block = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      block = block << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      text += i + k > bytes.size() ? '=' : kDigits[block >> (18 - 6 * k) & 63];
    }
  }
  return text;
}

Secret authorization(const TrackOptions& options, const std::string& in_address) {
  if (!options.tracking_token.empty()) {
    return Secret("Bearer " + options.tracking_token.reveal());
  }
  if (!options.tracking_username.empty()) {
    return Secret("Basic " + base64(options.tracking_username.reveal() + ":" +
                                    options.tracking_password.reveal()));
  }
  return in_address.empty() ? Secret() : Secret("Basic " + base64(in_address));
}

}  // namespace

TrackingAddress tracking_address(const TrackOptions& options) {
  const std::string& uri = options.tracking_uri;
  const std::size_t scheme_end = uri.find("://");
  const std::string scheme = scheme_end == std::string::npos ? "" : uri.substr(0, scheme_end);
  if (scheme != "http" && scheme != "https") {
    throw Error(ErrorKind::external,
                "Runs are sent to an MLflow server, and the tracking URI is no http:// or https:// "
                "address. Start `mlflow server --host 0.0.0.0 --port 5001` and give "
                "--tracking-uri http://127.0.0.1:5001.");
  }
  std::string rest = uri.substr(scheme_end + 3);
  while (rest.ends_with('/')) rest.pop_back();
  std::string authority = rest.substr(0, rest.find('/'));
  const std::string path = rest.substr(authority.size());
  std::string user;
  if (const std::size_t at = authority.rfind('@'); at != std::string::npos) {
    user = authority.substr(0, at);
    authority.erase(0, at + 1);
  }
  const std::size_t colon = authority.find(':', authority.rfind(']') + 1);
  return {.url = scheme + "://" + authority + path,
          .host = authority,
          .port = colon == std::string::npos ? "" : authority.substr(colon + 1),
          .authorization = authorization(options, user)};
}

}  // namespace rarewood

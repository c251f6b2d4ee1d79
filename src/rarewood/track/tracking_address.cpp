#include "rarewood/track/tracking_address.hpp"

#include <cctype>

#include "rarewood/base/encoding.hpp"
#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"

namespace rarewood {
namespace {

/// "user:password" as they are written in an address, each of them encoded there.
std::string decoded_pair(const std::string& in_address) {
  const std::size_t colon = in_address.find(':');
  const std::string user = uri_decode(in_address.substr(0, colon));
  return user + ":" + (colon == std::string::npos ? "" : uri_decode(in_address.substr(colon + 1)));
}

Secret authorization(const TrackOptions& options, const std::string& in_address) {
  if (!options.tracking_token.empty()) {
    return Secret("Bearer " + options.tracking_token.reveal());
  }
  if (!options.tracking_username.empty()) {
    return Secret("Basic " + base64_text(options.tracking_username.reveal() + ":" +
                                         options.tracking_password.reveal()));
  }
  return in_address.empty() ? Secret() : Secret("Basic " + base64_text(decoded_pair(in_address)));
}

/// "postgresql" of "postgresql://db/x"; "" for a path and for "localhost:5001".
std::string scheme_of(const std::string& uri) {
  const std::size_t end = uri.find(':');
  if (end == std::string::npos || uri.find_first_of("/\\@") < end) return "";
  const bool port = end + 1 < uri.size() && std::isdigit(static_cast<unsigned char>(uri[end + 1]));
  return port ? "" : lower(uri.substr(0, end));
}

/// What is wrong with an address; no more of it than its scheme, as it may hold a password.
std::string fault_of(const std::string& scheme) {
  if (scheme == "http" || scheme == "https") return "names no host";
  if (scheme.empty()) return "has no http:// before it";
  return "begins with '" + scheme + ":'";
}

/// Whether a server may keep its runs in what the scheme is of, such as "postgresql+psycopg2".
bool is_data_base(const std::string& scheme) {
  const std::string kind = scheme.substr(0, scheme.find('+'));
  return kind == "sqlite" || kind == "postgresql" || kind == "mysql" || kind == "mssql";
}

/// What to give instead.
std::string cure_of(const std::string& scheme) {
  const bool local = scheme.empty() || scheme == "file";
  if (!local && !is_data_base(scheme)) {
    return "Give the address of one, such as --tracking-uri http://127.0.0.1:5001,";
  }
  return std::string("Start `mlflow server --port 5001 --backend-store-uri ") +
         (local ? "sqlite:///mlflow.db`" : "...` on what it names") +
         " and give --tracking-uri http://127.0.0.1:5001,";
}

[[noreturn]] void refuse_address(const std::string& scheme) {
  throw Error(ErrorKind::usage,
              "The tracking URI (--tracking-uri, MLFLOW_TRACKING_URI) " + fault_of(scheme) +
                  "; runs are sent to an MLflow server at an http:// or https:// address. " +
                  cure_of(scheme) + " or '' for the journal alone.");
}

}  // namespace

TrackingAddress tracking_address(const TrackOptions& options) {
  const std::string& uri = options.tracking_uri;
  const std::string scheme = scheme_of(uri);
  const std::string beginning = scheme + "://";
  const bool is_server = scheme == "http" || scheme == "https";
  if (!is_server || !lower(uri).starts_with(beginning)) refuse_address(scheme);
  std::string rest = uri.substr(beginning.size());
  while (rest.ends_with('/')) rest.pop_back();
  std::string authority = rest.substr(0, rest.find('/'));
  const std::string path = rest.substr(authority.size());
  std::string user;
  if (const std::size_t at = authority.rfind('@'); at != std::string::npos) {
    user = authority.substr(0, at);
    authority.erase(0, at + 1);
  }
  if (authority.empty()) refuse_address(scheme);
  const std::size_t colon = authority.find(':', authority.rfind(']') + 1);
  return {.url = scheme + "://" + authority + path,
          .host = authority,
          .port = colon == std::string::npos ? "" : authority.substr(colon + 1),
          .authorization = authorization(options, user)};
}

void check_tracking_uri(const TrackOptions& options) {
  if (!options.tracking_uri.empty()) (void)tracking_address(options);
}

}  // namespace rarewood

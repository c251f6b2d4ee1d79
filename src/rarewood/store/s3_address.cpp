#include "rarewood/store/s3_address.hpp"

#include <algorithm>

#include "rarewood/base/encoding.hpp"
#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"

namespace rarewood {
namespace {

// A dot would not be covered by the server's certificate, other characters by no host name.
bool fits_host_name(const std::string& bucket) {
  return std::all_of(bucket.begin(), bucket.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

S3Server amazon(const std::string& region) {
  const std::string ending = region.starts_with("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com";
  return {.scheme = "https", .host = "s3." + region + ending, .path = "", .by_path = false};
}

std::string without_own_port(const std::string& scheme, std::string host) {
  const std::string port = scheme == "http" ? ":80" : ":443";
  if (host.ends_with(port)) host.resize(host.size() - port.size());
  return host;
}

}  // namespace

S3Server s3_server(const StoreOptions& options) {
  S3Server server = amazon(options.s3_region);
  if (!options.s3_endpoint.empty()) {
    const std::size_t colon = options.s3_endpoint.find("://");
    server.scheme = lower(options.s3_endpoint.substr(0, colon));
    const std::string rest =
        colon == std::string::npos ? "" : options.s3_endpoint.substr(colon + 3);
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    server.host = without_own_port(server.scheme, lower(rest.substr(0, slash)));
    server.path = rest.substr(slash);
    while (server.path.ends_with('/')) server.path.pop_back();
    server.by_path = true;
    if ((server.scheme != "http" && server.scheme != "https") || server.host.empty()) {
      throw Error(ErrorKind::usage, "--s3-endpoint '" + options.s3_endpoint +
                                        "' is no address. Write it like http://127.0.0.1:9000 or " +
                                        "https://storage.example.com.");
    }
  }
  if (options.s3_path_style != PathStyle::automatic) {
    server.by_path = options.s3_path_style == PathStyle::always;
  }
  return server;
}

S3Address s3_address(const S3Server& server, const std::string& bucket, const std::string& key) {
  const std::string below = uri_encode(key, true);
  if (bucket.empty()) return {server.host, server.path + "/"};
  if (server.by_path || !fits_host_name(bucket)) {
    const std::string name = server.path + "/" + uri_encode(bucket, false);
    return {server.host, below.empty() ? name : name + "/" + below};
  }
  return {bucket + "." + server.host, server.path + "/" + below};
}

}  // namespace rarewood

#pragma once

#include <string>

#include "rarewood/store/store_options.hpp"

namespace rarewood {

/// An S3 server, and how buckets are named in requests to it.
struct S3Server {
  std::string scheme;   ///< "http" or "https"
  std::string host;     ///< with its port unless that is the scheme's own
  std::string path;     ///< before all keys; "" or "/something"
  bool by_path = true;  ///< bucket in the path, not in the host name

  std::string url() const { return scheme + "://" + host + path; }
};

/// \throws Error(usage) if the endpoint is no http:// or https:// address.
S3Server s3_server(const StoreOptions& options);

/// Where one object is: a host and a path that is already encoded.
struct S3Address {
  std::string host;
  std::string path;
};

/// \param bucket  "" = the server itself
/// \param key     "" = the bucket itself
S3Address s3_address(const S3Server& server, const std::string& bucket, const std::string& key);

}  // namespace rarewood

#pragma once

#include <ctime>
#include <string>
#include <string_view>

#include "rarewood/base/secret.hpp"
#include "rarewood/store/http.hpp"

namespace rarewood {

struct AwsCredentials {
  Secret access_key;
  Secret secret_key;
  Secret session_token;  ///< empty for lasting keys
};

/// A request as it is signed.
struct AwsRequest {
  std::string method;
  std::string host;         ///< with its port unless that is the scheme's own
  std::string path;         ///< encoded, begins with '/'
  HttpHeaders query;        ///< names and values, not encoded
  HttpHeaders headers;      ///< all of them are signed
  std::string payload_sha;  ///< of the body, hexadecimal
};

/// "a=1&b=x%2Fy" in AWS's order, which is also how it is sent.
std::string canonical_query(const HttpHeaders& query);

/// The request's headers with those that sign it: host, x-amz-*, authorization.
///
/// \param now  seconds since 1970; a server refuses requests that are some 15 minutes off
/// \source AWS Signature Version 4 for S3, header-based: the key path is encoded once.
HttpHeaders signed_headers(const AwsRequest& request, const AwsCredentials& credentials,
                           const std::string& region, std::time_t now);

}  // namespace rarewood

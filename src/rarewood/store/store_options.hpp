#pragma once

#include <string>

#include "rarewood/base/secret.hpp"
#include "rarewood/option/option.hpp"

namespace rarewood {

/// Where a bucket's name stands in the address: first in the path, or first in the host name.
enum class PathStyle { automatic, always, never };

/// Where objects are, and how S3 is reached.
struct StoreOptions {
  std::string store = "./store";
  std::string s3_endpoint;  ///< "" = Amazon's for the region
  std::string s3_region = "us-east-1";
  PathStyle s3_path_style = PathStyle::automatic;
  Secret s3_access_key;
  Secret s3_secret_key;
  Secret s3_session_token;
  std::string s3_ca_bundle;        ///< "" = the certificates the system trusts
  double s3_connect_timeout = 5;   ///< seconds
  double s3_request_timeout = 30;  ///< seconds without a byte
  int s3_retries = 4;
};

const OptionTable<StoreOptions>& store_options();

}  // namespace rarewood

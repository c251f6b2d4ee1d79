#include "rarewood/store/store_options.hpp"

namespace rarewood {

const OptionTable<StoreOptions>& store_options() {
  using O = StoreOptions;
  static const OptionTable<StoreOptions> table = [] {
    OptionTable<StoreOptions> t("store");
    t.add(&O::store, "store",
          "Folder of the objects, or s3:// (a key's first part is the bucket), or "
          "s3://bucket/prefix")
        .not_in_model();
    t.add(&O::s3_endpoint, "s3_endpoint",
          "Address of the S3 server, such as http://127.0.0.1:9000 for MinIO; empty = Amazon's")
        .environment({"AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"})
        .not_in_model();
    t.add(&O::s3_region, "s3_region", "Region of the buckets")
        .environment({"AWS_REGION", "AWS_DEFAULT_REGION"})
        .not_in_model();
    t.choice(
         &O::s3_path_style, "s3_path_style",
         "Whether the bucket's name stands in the path of the address (true) or in the host "
         "name (false); auto = in the path where an endpoint is given",
         {{"auto", PathStyle::automatic}, {"true", PathStyle::always}, {"false", PathStyle::never}})
        .not_in_model();
    t.add(&O::s3_access_key, "s3_access_key",
          "Access key of S3; without one, requests are anonymous")
        .environment({"AWS_ACCESS_KEY_ID"})
        .not_in_model();
    t.add(&O::s3_secret_key, "s3_secret_key",
          "Secret key of S3; better in the environment than in a file or a flag")
        .environment({"AWS_SECRET_ACCESS_KEY"})
        .not_in_model();
    t.add(&O::s3_session_token, "s3_session_token", "Session token of temporary S3 credentials")
        .environment({"AWS_SESSION_TOKEN"})
        .not_in_model();
    t.add(&O::s3_ca_bundle, "s3_ca_bundle",
          "File of certificates to trust in place of the system's, for a server with its own")
        .environment({"AWS_CA_BUNDLE"})
        .not_in_model();
    t.add(&O::s3_connect_timeout, "s3_connect_timeout",
          "Seconds to wait for a connection to the S3 server", {.lowest = 0.001, .highest = 3600})
        .not_in_model();
    t.add(&O::s3_request_timeout, "s3_request_timeout",
          "Seconds without a single byte after which a request to S3 is given up",
          {.lowest = 1, .highest = 3600})
        .not_in_model();
    t.add(&O::s3_retries, "s3_retries",
          "How often a request is repeated after a broken connection or a server's failure",
          {.lowest = 0, .highest = 20})
        .not_in_model();
    return t;
  }();
  return table;
}

}  // namespace rarewood

#include "rarewood/store/s3_address.hpp"

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"

namespace rarewood {
namespace {

std::string url_of(const StoreOptions& options, const std::string& bucket, const std::string& key) {
  const S3Server server = s3_server(options);
  const S3Address address = s3_address(server, bucket, key);
  return server.scheme + "://" + address.host + address.path;
}

TEST(S3Address, names_amazons_buckets_in_the_host) {
  StoreOptions options;
  options.s3_region = "eu-central-1";
  EXPECT_EQ(url_of(options, "models", "a/b c.pkl"),
            "https://models.s3.eu-central-1.amazonaws.com/a/b%20c.pkl");
  EXPECT_EQ(url_of(options, "models", ""), "https://models.s3.eu-central-1.amazonaws.com/");
  EXPECT_EQ(url_of(options, "", ""), "https://s3.eu-central-1.amazonaws.com/");
  options.s3_region = "cn-north-1";
  EXPECT_EQ(url_of(options, "m", "k"), "https://m.s3.cn-north-1.amazonaws.com.cn/k");
}

TEST(S3Address, keeps_a_bucket_in_the_path_where_no_certificate_covers_it) {
  EXPECT_EQ(url_of({}, "my.models", "k"), "https://s3.us-east-1.amazonaws.com/my.models/k");
}

TEST(S3Address, names_buckets_of_an_endpoint_in_the_path) {
  StoreOptions options;
  options.s3_endpoint = "http://Minio:9000/";
  EXPECT_EQ(url_of(options, "models", "k"), "http://minio:9000/models/k");
  EXPECT_EQ(url_of(options, "models", ""), "http://minio:9000/models");
  EXPECT_EQ(url_of(options, "", ""), "http://minio:9000/");
  options.s3_path_style = PathStyle::never;
  EXPECT_EQ(url_of(options, "models", "k"), "http://models.minio:9000/k");
  options.s3_path_style = PathStyle::always;
  options.s3_endpoint = "https://x.example:443/storage/v1/s3";
  EXPECT_EQ(url_of(options, "models", "k"), "https://x.example/storage/v1/s3/models/k");
}

TEST(S3Address, refuses_an_endpoint_without_scheme) {
  for (const char* endpoint : {"minio:9000", "ftp://minio", "http://", "://x"}) {
    StoreOptions options;
    options.s3_endpoint = endpoint;
    EXPECT_THROW(s3_server(options), Error) << endpoint;
  }
}

}  // namespace
}  // namespace rarewood

#include "rarewood/store/aws_signature.hpp"

#include <gtest/gtest.h>

#include "rarewood/base/encoding.hpp"
#include "rarewood/store/sha256.hpp"

namespace rarewood {
namespace {

// The examples of Amazon's documentation of Signature Version 4 for S3: a bucket, keys and
// signatures that everybody may check against.
constexpr std::time_t kMay24 = 1369353600;  // 2013-05-24 00:00:00 UTC

AwsCredentials example_credentials() {
  return {Secret("AKIAIOSFODNN7EXAMPLE"), Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"), {}};
}

AwsRequest example_request(const std::string& method, const std::string& path,
                           const std::string& body = "") {
  return {.method = method,
          .host = "examplebucket.s3.amazonaws.com",
          .path = path,
          .query = {},
          .headers = {},
          .payload_sha = hex_text(sha256(body))};
}

std::string signature_of(const AwsRequest& request, const AwsCredentials& credentials) {
  const HttpHeaders headers = signed_headers(request, credentials, "us-east-1", kMay24);
  const std::string& text = headers.back().second;
  return text.substr(text.rfind('=') + 1);
}

TEST(AwsSignature, equals_the_published_get_of_a_range) {
  AwsRequest request = example_request("GET", "/test.txt");
  request.headers = {{"Range", "bytes=0-9"}};
  EXPECT_EQ(signature_of(request, example_credentials()),
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
}

TEST(AwsSignature, equals_the_published_put) {
  AwsRequest request =
      example_request("PUT", "/" + uri_encode("test$file.text", true), "Welcome to Amazon S3.");
  request.headers = {{"Date", "Fri, 24 May 2013 00:00:00 GMT"},
                     {"x-amz-storage-class", "REDUCED_REDUNDANCY"}};
  EXPECT_EQ(signature_of(request, example_credentials()),
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
}

TEST(AwsSignature, equals_the_published_query_without_value) {
  AwsRequest request = example_request("GET", "/");
  request.query = {{"lifecycle", ""}};
  EXPECT_EQ(signature_of(request, example_credentials()),
            "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
}

TEST(AwsSignature, equals_the_published_list) {
  AwsRequest request = example_request("GET", "/");
  request.query = {{"prefix", "J"}, {"max-keys", "2"}};
  EXPECT_EQ(signature_of(request, example_credentials()),
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
}

// Computed once with botocore 1.44: port, encoded path, order of query terms, session token.
TEST(AwsSignature, equals_botocore_with_a_session_token) {
  AwsRequest request = example_request("GET", "/b/" + uri_encode("d\xC3\xA4ta of/x.csv", true));
  request.host = "127.0.0.1:9000";
  request.query = {{"list-type", "2"}, {"prefix", "a/b"}, {"a-b", "1"}, {"a", "2"}};
  AwsCredentials credentials = example_credentials();
  credentials.session_token = Secret("a token");
  EXPECT_EQ(signature_of(request, credentials),
            "8c0f66cb0d0b8342ecdba3681d40a844a7f3c994247028fd53791b04e8c14bb5");
}

TEST(AwsSignature, query_is_sorted_by_encoded_name_and_then_value) {
  EXPECT_EQ(canonical_query({{"b", "2"}, {"a-b", "1"}, {"a", "/"}, {"b", "1"}}),
            "a=%2F&a-b=1&b=1&b=2");
}

}  // namespace
}  // namespace rarewood

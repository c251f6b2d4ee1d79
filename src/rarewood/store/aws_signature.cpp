#include "rarewood/store/aws_signature.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include "rarewood/base/encoding.hpp"
#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/store/sha256.hpp"

namespace rarewood {
namespace {

std::string hmac(std::string_view key, std::string_view text) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes, text.size(),
           reinterpret_cast<unsigned char*>(digest.data()), nullptr) == nullptr) {
    throw Error(ErrorKind::external, "OpenSSL cannot compute HMAC here; check its installation.");
  }
  return digest;
}

std::string time_text(std::time_t now, const char* format) {
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  const std::size_t length = std::strftime(text.data(), text.size(), format, &parts);
  return {text.data(), length};
}

// Without spaces at its ends, and with single ones inside.
std::string canonical_value(std::string_view value) {
  std::string text;
  for (const char c : value) {
    if (c != ' ') {
      text += c;
    } else if (!text.empty() && text.back() != ' ') {
      text += ' ';
    }
  }
  if (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

struct CanonicalHeaders {
  std::string lines;  // "name:value\n", sorted
  std::string names;  // "a;b;c"
};

CanonicalHeaders canonical_headers(const HttpHeaders& headers) {
  std::map<std::string, std::string> sorted;
  for (const auto& [name, value] : headers) sorted[lower(name)] = canonical_value(value);
  CanonicalHeaders canonical;
  for (const auto& [name, value] : sorted) {
    canonical.lines.append(name).append(":").append(value).append("\n");
    canonical.names.append(canonical.names.empty() ? "" : ";").append(name);
  }
  return canonical;
}

std::string signing_key(const Secret& secret_key, const std::string& date,
                        const std::string& region) {
  const std::string of_date = hmac("AWS4" + secret_key.reveal(), date);
  return hmac(hmac(hmac(of_date, region), "s3"), "aws4_request");
}

}  // namespace

std::string canonical_query(const HttpHeaders& query) {
  HttpHeaders encoded;
  for (const auto& [name, value] : query) {
    encoded.emplace_back(uri_encode(name, false), uri_encode(value, false));
  }
  std::sort(encoded.begin(), encoded.end());
  std::string joined;
  for (const auto& [name, value] : encoded) {
    joined.append(joined.empty() ? "" : "&").append(name).append("=").append(value);
  }
  return joined;
}

HttpHeaders signed_headers(const AwsRequest& request, const AwsCredentials& credentials,
                           const std::string& region, std::time_t now) {
  const std::string stamp = time_text(now, "%Y%m%dT%H%M%SZ");
  const std::string date = stamp.substr(0, 8);
  HttpHeaders headers = request.headers;
  headers.emplace_back("host", request.host);
  headers.emplace_back("x-amz-content-sha256", request.payload_sha);
  headers.emplace_back("x-amz-date", stamp);
  if (!credentials.session_token.empty()) {
    headers.emplace_back("x-amz-security-token", credentials.session_token.reveal());
  }
  const CanonicalHeaders canonical = canonical_headers(headers);
  const std::string canonical_request = request.method + "\n" + request.path + "\n" +
                                        canonical_query(request.query) + "\n" + canonical.lines +
                                        "\n" + canonical.names + "\n" + request.payload_sha;

  const std::string scope = date + "/" + region + "/s3/aws4_request";
  const std::string to_sign =
      "AWS4-HMAC-SHA256\n" + stamp + "\n" + scope + "\n" + hex_text(sha256(canonical_request));
  const std::string signature =
      hex_text(hmac(signing_key(credentials.secret_key, date, region), to_sign));
  headers.emplace_back("authorization",
                       "AWS4-HMAC-SHA256 Credential=" + credentials.access_key.reveal() + "/" +
                           scope + ",SignedHeaders=" + canonical.names + ",Signature=" + signature);
  return headers;
}

}  // namespace rarewood

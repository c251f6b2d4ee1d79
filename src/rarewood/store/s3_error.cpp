#include "rarewood/store/s3_error.hpp"

#include <array>
#include <string_view>
#include <vector>

#include "rarewood/store/key.hpp"
#include "rarewood/store/xml.hpp"

namespace rarewood {
namespace {

struct Cure {
  std::string_view code;
  std::string_view text;
};

constexpr std::string_view kWrongSecret =
    "The secret key is wrong: correct AWS_SECRET_ACCESS_KEY (s3_secret_key).";
constexpr std::string_view kUnknownAccessKey =
    "The server does not know this access key: correct AWS_ACCESS_KEY_ID (s3_access_key).";
constexpr std::string_view kOldToken =
    "Get fresh temporary credentials, with their AWS_SESSION_TOKEN.";
constexpr std::string_view kNoRight =
    "These credentials lack the right; ask for it, or use others.";
constexpr std::string_view kClock = "Set this machine's clock.";
constexpr std::string_view kFull = "The store is full: free some space there.";
constexpr std::string_view kDamaged = "The data was damaged on its way: try again.";
constexpr std::string_view kLater = "The server is in trouble: try again later.";

constexpr std::array<Cure, 19> kCures{{{"SignatureDoesNotMatch", kWrongSecret},
                                       {"InvalidAccessKeyId", kUnknownAccessKey},
                                       {"InvalidToken", kOldToken},
                                       {"InvalidTokenId", kOldToken},
                                       {"ExpiredToken", kOldToken},
                                       {"AccessDenied", kNoRight},
                                       {"AllAccessDisabled", kNoRight},
                                       {"RequestTimeTooSkewed", kClock},
                                       {"XMinioStorageFull", kFull},
                                       {"XMinioAdminBucketQuotaExceeded", kFull},
                                       {"QuotaExceeded", kFull},
                                       {"BadDigest", kDamaged},
                                       {"XAmzContentSHA256Mismatch", kDamaged},
                                       {"XAmzContentChecksumMismatch", kDamaged},
                                       {"InternalError", kLater},
                                       {"ServiceUnavailable", kLater},
                                       {"SlowDown", kLater},
                                       {"EntityTooLarge", "Write a smaller file."},
                                       {"InvalidBucketName", "Correct the bucket's name."}}};

std::string cure_of(const S3Client& client, const HttpResponse& refusal, const std::string& code) {
  std::string region = refusal.header("x-amz-bucket-region");
  if (region.empty()) region = xml_text(refusal.body, "Region");
  const bool elsewhere =
      refusal.status == 301 || refusal.status == 307 || code == "AuthorizationHeaderMalformed";
  if (elsewhere && !region.empty()) {
    return "The bucket is in another region: use --s3-region " + region + ".";
  }
  if (refusal.status == 403 && client.anonymous()) {
    return "No credentials were given: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.";
  }
  for (const Cure& cure : kCures) {
    if (code == cure.code) return std::string(cure.text);
  }
  if (refusal.status == 507) return std::string(kFull);
  if (refusal.status >= 500) return std::string(kLater);
  if (code.empty()) return "Check that --s3-endpoint is the address of an S3 server.";
  return "Check --s3-endpoint and the rights of the credentials.";
}

std::string doing(const S3Request& request) {
  const bool writes = request.method != "GET" && request.method != "HEAD";
  const std::string verb = writes ? "write" : request.key.empty() ? "list" : "read";
  return "Cannot " + verb + " '" + s3_uri(request.bucket, request.key) + "'";
}

// The texts of one element in the answer to a side question; nothing if that is refused too.
std::vector<std::string> names_from(const S3Client& client, const S3Request& question,
                                    const std::string& element) {
  std::vector<std::string> names;
  const S3Answer answer = client.send(question);
  if (!answer.ok()) return names;
  for (const auto part : xml_elements(answer.body, element)) {
    names.push_back(xml_text("<x>" + std::string(part) + "</x>", "x"));
  }
  return names;
}

Error missing_bucket(const S3Client& client, const S3Request& request) {
  const auto buckets = names_from(client, {}, "Name");
  return Error(ErrorKind::external, doing(request) + ": there is no bucket '" + request.bucket +
                                        "' at " + client.endpoint() + "." +
                                        present_instead(request.bucket, buckets) +
                                        " Create it or correct the name.");
}

Error missing_key(const S3Client& client, const S3Request& request) {
  const std::string folder = folder_of(request.key);
  const S3Request question{.bucket = request.bucket,
                           .query = {{"list-type", "2"}, {"prefix", folder}, {"delimiter", "/"}}};
  std::vector<std::string> names;
  for (const std::string& key : names_from(client, question, "Key")) {
    if (key.size() > folder.size()) names.push_back(key.substr(folder.size()));
  }
  const std::string help = present_instead(name_of(request.key), names);
  return Error(ErrorKind::external, "'" + s3_uri(request.bucket, request.key) +
                                        "' does not exist." +
                                        (help.empty() ? " Check its name." : help));
}

}  // namespace

Error s3_unreachable(const std::string& endpoint, const std::string& failure) {
  const bool distrusted = failure.find("certificate") != std::string::npos;
  return Error(ErrorKind::external,
               "Cannot reach the object store at " + endpoint + ": " + failure + ". " +
                   (distrusted ? "Name the file of a certificate to trust with --s3-ca-bundle "
                                 "(AWS_CA_BUNDLE)."
                               : "Start it, or correct --s3-endpoint (AWS_ENDPOINT_URL)."));
}

Error s3_other_scheme(const std::string& endpoint, const std::string& meant) {
  return Error(ErrorKind::external, "The object store at " + endpoint + " speaks " +
                                        meant.substr(0, meant.find(':')) + ", not " +
                                        endpoint.substr(0, endpoint.find(':')) +
                                        ". Give --s3-endpoint " + meant + " (AWS_ENDPOINT_URL).");
}

Error s3_error(const S3Client& client, const S3Request& request, const HttpResponse& refusal) {
  const std::string code = xml_text(refusal.body, "Code");
  if (code == "NoSuchBucket") return missing_bucket(client, request);
  if (code == "NoSuchKey") return missing_key(client, request);
  std::string reason = xml_text(refusal.body, "Message");
  while (reason.ends_with('.')) reason.pop_back();
  if (reason.empty()) reason = "HTTP status " + std::to_string(refusal.status);
  if (!code.empty()) reason += " (" + code + ")";
  return Error(ErrorKind::external, doing(request) + " at " + client.endpoint() + ": " + reason +
                                        ". " + cure_of(client, refusal, code));
}

}  // namespace rarewood

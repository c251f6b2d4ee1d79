#include "rarewood/store/store_health.hpp"

#include <algorithm>
#include <filesystem>
#include <string_view>

#include "rarewood/base/file.hpp"
#include "rarewood/base/process.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/store/location.hpp"
#include "rarewood/store/s3_client.hpp"
#include "rarewood/store/s3_error.hpp"
#include "rarewood/store/s3_output.hpp"
#include "rarewood/store/server_health.hpp"
#include "rarewood/store/xml.hpp"

namespace rarewood {
namespace {

constexpr double kClockLimit = 900;  // S3's own
constexpr std::uint64_t kLittleSpace = 1'000'000'000;

/// Bucket and beginning of the keys that belong to one of the job's buckets.
struct BucketPlace {
  std::string bucket;
  std::string prefix;  ///< "" or ending in '/'
};

/// \param store  "s3://" or "s3://bucket/prefix"
BucketPlace place_in(const std::string& store, const std::string& bucket) {
  const std::string named = store.substr(std::string_view("s3://").size());
  if (named.empty()) return {bucket, ""};
  const std::size_t slash = std::min(named.find('/'), named.size());
  std::string prefix = named.substr(std::min(slash + 1, named.size()));
  if (!prefix.empty() && !prefix.ends_with('/')) prefix += '/';
  return {named.substr(0, slash), prefix + bucket + "/"};
}

/// Who may read is known to S3 also where listing all buckets is not among the rights.
HealthFinding credentials_finding(const S3Client& client) {
  const S3Answer answer = client.send({});
  if (answer.ok() && answer.body.find("<ListAllMyBucketsResult") != std::string::npos) {
    return {thousands(xml_elements(answer.body, "Name").size()) + " buckets seen"};
  }
  if (xml_text(answer.body, "Code") == "AccessDenied" && !client.anonymous()) {
    return {"accepted; they may not list buckets, which nothing needs"};
  }
  if (client.anonymous() && !answer.ok())
    return {"none given: only public buckets can be read", true};
  throw s3_error(client, {}, answer);
}

HealthFinding bucket_finding(const S3Client& client, const BucketPlace& place) {
  const S3Answer answer =
      client.demand({.bucket = place.bucket,
                     .query = {{"list-type", "2"}, {"prefix", place.prefix}, {"max-keys", "1"}}});
  if (answer.body.find("<ListBucketResult") == std::string::npos) {
    throw s3_error(client, {.bucket = place.bucket}, answer);
  }
  return {xml_elements(answer.body, "Key").empty() ? "can be listed; nothing there yet"
                                                   : "can be listed"};
}

HealthFinding writing_finding(const S3Client& client, const BucketPlace& place) {
  const std::string bytes = "rarewood doctor " + fresh_hex(32);
  S3Request request{.method = "PUT",
                    .bucket = place.bucket,
                    .key = place.prefix + ".rarewood-doctor-" + fresh_hex(16)};
  S3Request put = request;
  put.body = bytes;
  const S3Answer answer = put_s3_object(client, put);
  if (!answer.ok()) throw s3_error(client, put, answer);
  request.method = "GET";
  const std::string back = client.demand(request).body;
  request.method = "DELETE";
  const S3Answer deleted = client.send(request);
  const std::string uri = s3_uri(request.bucket, request.key);
  if (back != bytes) {
    throw Error(ErrorKind::external, "'" + uri +
                                         "' reads otherwise than it was written. Something between "
                                         "here and the server changes data: look at proxies.");
  }
  if (!deleted.ok()) {
    return {"written and read; '" + uri + "' could not be deleted, which only this check needs",
            true};
  }
  return {"an object of 48 bytes in s3://" + place.bucket + "/" + place.prefix};
}

void look_at_s3(ServiceHealth& health, const StoreOptions& options,
                const std::vector<std::string>& buckets, const Control& control) {
  const S3Client client(options, control.stop);
  HttpRequest request;
  request.url = client.endpoint() + "/";
  request.ca_bundle = options.s3_ca_bundle;
  request.connect_timeout = options.s3_connect_timeout;
  request.stall_timeout = options.s3_request_timeout;
  look_at_server(
      health,
      {.request = request,
       .unreachable =
           [&](const std::string& failure) { return s3_unreachable(client.endpoint(), failure); },
       .clock_limit = kClockLimit},
      control.stop);
  health.look_at("credentials", [&] { return credentials_finding(client); });
  for (const std::string& bucket : buckets) {
    const BucketPlace place = place_in(options.store, bucket);
    health.look_at("bucket " + bucket, [&] { return bucket_finding(client, place); });
  }
  health.look_at("write, read, delete",
                 [&] { return writing_finding(client, place_in(options.store, buckets.back())); });
}

}  // namespace

HealthFinding free_space(const std::string& folder) {
  std::filesystem::path there = std::filesystem::absolute(folder);
  while (!std::filesystem::exists(there) && there.has_parent_path() &&
         there != there.parent_path()) {
    there = there.parent_path();
  }
  std::error_code problem;
  const auto space = std::filesystem::space(there, problem);
  if (problem) return {"not told by the file system", true};
  const bool little = space.available < kLittleSpace;
  return {bytes_text(space.available) + " free" + (little ? ": free some more" : ""), little};
}

ServiceHealth store_health(const StoreOptions& options, const std::vector<std::string>& buckets,
                           const Control& control) {
  ServiceHealth health{"store", options.store, {}};
  health.look_at("settings", [&] {
    open_store(options, control);
    return HealthFinding{"make sense"};
  });
  if (!options.store.starts_with("s3://")) {
    health.look_at("write rights", [&] {
      check_folder_writable(options.store);
      return HealthFinding{"the folder can be written"};
    });
    health.look_at("space", [&] { return free_space(options.store); });
    return health;
  }
  if (health.failed()) return health;
  StoreOptions once = options;
  once.s3_retries = 0;
  health.place += " at " + S3Client(once, control.stop).endpoint();
  look_at_s3(health, once, buckets, control);
  return health;
}

}  // namespace rarewood

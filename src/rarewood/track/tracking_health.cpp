#include "rarewood/track/tracking_health.hpp"

#include <optional>
#include <string_view>

#include <nlohmann/json.hpp>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/store/server_health.hpp"
#include "rarewood/track/tracking_server.hpp"

namespace rarewood {
namespace {

using Json = nlohmann::json;

constexpr double kPatience = 5;  // seconds for one small request
constexpr std::size_t kLongestVersion = 20;

HttpRequest small_request(const std::string& url) {
  HttpRequest request;
  request.url = url;
  request.connect_timeout = kPatience;
  request.whole_timeout = kPatience;
  return request;
}

/// MLflow's answer to GET /version: "3.17.2".
HealthFinding version_finding(const TrackingAddress& address, const std::stop_token& stop) {
  HttpRequest request = small_request(address.url + "/version");
  if (!address.authorization.empty()) {
    request.headers = {{"Authorization", address.authorization.reveal()}};
  }
  const HttpResponse answer = send_http(request, stop);
  const bool is_version = answer.status == 200 && answer.body.size() <= kLongestVersion &&
                          answer.body.find_first_not_of("0123456789.abcdefrv") == std::string::npos;
  // The next step says what stands in the way, if it is a refusal.
  if (!is_version) return {"not told", true};
  return {answer.body};
}

Json first_experiment(const TrackingServer& server) {
  const TrackingReply reply =
      server.ask({.path = "/api/2.0/mlflow/experiments/search", .body = R"({"max_results":1})"});
  if (!reply.error_code.empty()) {
    throw Error(ErrorKind::external, "The tracking server at " + server.address().url +
                                         " refuses to list experiments: " + reply.message +
                                         " Ask its owner for the right to write there.");
  }
  return Json::parse(reply.body);
}

HealthFinding files_finding(const Json& experiments) {
  const Json::json_pointer at("/experiments/0/artifact_location");
  if (!experiments.contains(at)) return {"no experiment yet, so it is not known where they go"};
  const std::string place = experiments.at(at).get<std::string>();
  if (place.starts_with("mlflow-artifacts:")) return {"sent through the server"};
  throw Error(ErrorKind::external, "The server keeps files at '" + place +
                                       "', where only programs beside it can write. Start it with "
                                       "--serve-artifacts.");
}

}  // namespace

ServiceHealth tracking_health(const TrackOptions& options, const Control& control) {
  ServiceHealth health{"mlflow", "", {}};
  std::optional<TrackingAddress> address;
  health.look_at("settings", [&] {
    address = tracking_address(options);
    return HealthFinding{"make sense"};
  });
  if (!address) return health;
  health.place = address->url;
  const TrackingServer server(options, 0, control);
  look_at_server(health,
                 {.request = small_request(address->url + "/health"),
                  .unreachable =
                      [&](const std::string& failure) {
                        return unreachable_tracking_server(*address, failure);
                      }},
                 control.stop);
  health.look_at("version", [&] { return version_finding(*address, control.stop); });
  Json experiments;
  health.look_at("host name and rights", [&] {
    experiments = first_experiment(server);
    return HealthFinding{"accepted"};
  });
  health.look_at("files", [&] { return files_finding(experiments); });
  return health;
}

}  // namespace rarewood

#include "rarewood/workflow/airflow_health.hpp"

#include <array>
#include <utility>

#include <nlohmann/json.hpp>

#include "rarewood/base/error.hpp"
#include "rarewood/store/server_health.hpp"

namespace rarewood {
namespace {

using Json = nlohmann::json;

constexpr double kPatience = 10;  // seconds; a busy Airflow is slow to answer

/// Parts without which no task starts, and the command that starts one.
constexpr std::array<std::pair<const char*, const char*>, 3> kParts{
    {{"metadatabase", "airflow db migrate"},
     {"scheduler", "airflow scheduler"},
     {"dag_processor", "airflow dag-processor"}}};

/// The health page asks for no user, and a password must not be shown.
std::string without_user(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  const std::size_t begin = url.find("://");
  if (begin == std::string::npos) return url;
  const std::size_t host = begin + 3;
  const std::size_t at = url.substr(0, url.find('/', host)).rfind('@');
  if (at != std::string::npos && at >= host) url.erase(host, at + 1 - host);
  return url;
}

HealthFinding part_finding(const Json& parts, const std::string& part, const std::string& command) {
  const Json::json_pointer at("/" + part + "/status");
  const std::string status =
      parts.contains(at) && parts.at(at).is_string() ? parts.at(at).get<std::string>() : "not told";
  if (status == "healthy") return {status};
  throw Error(ErrorKind::external, "Airflow's " + part + " is " + status +
                                       ", so no task starts. Start it (`" + command +
                                       "`), and look into its log.");
}

}  // namespace

ServiceHealth airflow_health(const std::string& url, const Control& control) {
  const std::string base = without_user(url);
  ServiceHealth health{"airflow", base, {}};
  HttpRequest request;
  request.url = base + "/api/v2/monitor/health";
  request.whole_timeout = kPatience;
  const HttpResponse answer =
      look_at_server(health,
                     {.request = request,
                      .unreachable =
                          [&](const std::string& failure) {
                            return Error(ErrorKind::external,
                                         "Airflow at " + base + " cannot be reached (" + failure +
                                             "). Start it (`airflow standalone`), or correct "
                                             "--airflow-url.");
                          }},
                     control.stop);
  const Json parts = Json::parse(answer.body, nullptr, false);
  health.look_at("version 3", [&]() -> HealthFinding {
    if (answer.status == 200 && parts.is_object()) return {"answers as Airflow 3 does"};
    throw Error(ErrorKind::external, "What answers at " + base + " is no Airflow 3 (" +
                                         std::to_string(answer.status) +
                                         " for /api/v2/monitor/health). Correct --airflow-url.");
  });
  for (const auto& [part, command] : kParts) {
    health.look_at(part, [&] { return part_finding(parts, part, command); });
  }
  return health;
}

}  // namespace rarewood

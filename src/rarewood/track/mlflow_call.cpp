#include "rarewood/track/mlflow_call.hpp"

#include "rarewood/base/error.hpp"

namespace rarewood {
namespace {

using Json = nlohmann::json;

constexpr const char* kPrefix = "/api/2.0/mlflow/";

}  // namespace

void refuse_call(const TrackingServer& server, const std::string& what, const std::string& why) {
  throw Error(ErrorKind::external,
              "The tracking server at " + server.address().url + " refused " + what + ": " + why);
}

std::string json_text(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

TrackingReply post_call(const TrackingServer& server, const std::string& call, const Json& body) {
  const std::string text = json_text(body);
  return server.ask({.path = kPrefix + call, .body = text});
}

TrackingReply get_call(const TrackingServer& server, const std::string& call) {
  return server.ask({.method = "GET", .path = kPrefix + call, .body = ""});
}

Json result_of_call(const TrackingServer& server, const std::string& call, const Json& body) {
  const TrackingReply reply = post_call(server, call, body);
  if (!reply.error_code.empty()) refuse_call(server, call, reply.message);
  return Json::parse(reply.body);
}

Json made_by_call(const TrackingServer& server, const std::string& call, const Json& body) {
  const std::string text = json_text(body);
  const TrackingReply reply = server.ask({.path = kPrefix + call, .body = text, .makes = true});
  if (!reply.error_code.empty()) refuse_call(server, call, reply.message);
  return Json::parse(reply.body);
}

std::string text_at(const TrackingServer& server, const Json& json, const std::string& pointer) {
  const Json::json_pointer at(pointer);
  if (!json.contains(at) || !json.at(at).is_string()) {
    refuse_call(server, "a run", "its answer lacks '" + pointer + "'. Is it an MLflow server?");
  }
  return json.at(at).get<std::string>();
}

}  // namespace rarewood

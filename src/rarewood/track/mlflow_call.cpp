#include "rarewood/track/mlflow_call.hpp"

#include "rarewood/base/error.hpp"

namespace rarewood {
namespace {

using Json = nlohmann::json;

}  // namespace

void refuse_call(const TrackingServer& server, const std::string& what, const std::string& why) {
  throw Error(ErrorKind::external,
              "The tracking server at " + server.address().url + " refused " + what + ": " + why);
}

std::string call_path(const std::string& call) { return "/api/2.0/mlflow/" + call; }

std::string json_text(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

TrackingReply post_call(const TrackingServer& server, const std::string& call, const Json& body) {
  const std::string text = json_text(body);
  return server.ask({.path = call_path(call), .body = text});
}

TrackingReply get_call(const TrackingServer& server, const std::string& call) {
  return server.ask({.method = "GET", .path = call_path(call), .body = ""});
}

Json result_of_call(const TrackingServer& server, const std::string& call, const Json& body) {
  const TrackingReply reply = post_call(server, call, body);
  if (!reply.error_code.empty()) refuse_call(server, call, reply.message);
  return Json::parse(reply.body);
}

TrackingReply ask_again_if_refused(const TrackingServer& server, const TrackingRequest& request) {
  const TrackingReply reply = server.ask(request);
  return reply.error_code.empty() ? reply : server.ask(request);
}

Json made_by_call(const TrackingServer& server, const std::string& call, const Json& body) {
  const std::string text = json_text(body);
  const TrackingReply reply = server.ask({.path = call_path(call), .body = text, .makes = true});
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

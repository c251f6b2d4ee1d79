#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "rarewood/track/tracking_server.hpp"

namespace rarewood {

/// MLflow's registry with one model, in memory: tests reach it without a network.
struct RegistryForTest {
  struct Version {
    std::map<std::string, std::string> tags;
    nlohmann::json created;  ///< the request that made it
  };

  bool there = true;              ///< the registered model
  std::string description;        ///< of the registered model
  std::vector<Version> versions;  ///< "1", "2", ...
  std::map<std::string, std::string> aliases;
  int refused_aliases = 0;                          ///< so many of the next
  std::vector<std::string> asked;                   ///< calls, without their queries
  std::function<void(const std::string&)> after{};  ///< what others do after a call

  /// A version as another sender makes it. \return its number
  std::string add(std::int64_t started_ms, std::int64_t in_use_ms, const std::string& model_id) {
    Version made;
    made.tags["rarewood.started_at_ms"] = std::to_string(started_ms);
    if (in_use_ms > 0) made.tags["rarewood.in_use_since_ms"] = std::to_string(in_use_ms);
    made.tags["rarewood.model_id"] = model_id;
    versions.push_back(made);
    return std::to_string(versions.size());
  }

  TrackingServer server() {
    TrackOptions options;
    options.tracking_uri = "http://registry";
    return {options, 0, Control{},
            [this](const HttpRequest& request, const std::stop_token&) { return answer(request); }};
  }

 private:
  using Json = nlohmann::json;

  static Json absent() {
    return {{"error_code", "RESOURCE_DOES_NOT_EXIST"}, {"message", "no such thing"}};
  }

  static std::string query_value(const std::string& query, const std::string& key) {
    const std::size_t at = query.find(key + "=");
    if (at == std::string::npos) return "";
    const std::size_t begin = at + key.size() + 1;
    return query.substr(begin, query.find('&', begin) - begin);
  }

  Json version_at(std::size_t v) const {
    Json tags = Json::array();
    for (const auto& [key, value] : versions[v].tags) {
      tags.push_back({{"key", key}, {"value", value}});
    }
    return {{"name", "shop"}, {"version", std::to_string(v + 1)}, {"tags", tags}};
  }

  Json search(const std::string& query) const {
    const std::string most = query_value(query, "max_results");
    const std::string token = query_value(query, "page_token");
    const std::size_t begin = token.empty() ? 0 : std::stoul(token);
    const std::size_t end = std::min(versions.size(), begin + std::stoul(most));
    Json found = {{"model_versions", Json::array()}};
    for (std::size_t i = begin; i < end; ++i) {
      found["model_versions"].push_back(version_at(versions.size() - 1 - i));
    }
    if (end < versions.size()) found["next_page_token"] = std::to_string(end);
    return found;
  }

  Json create_version(const Json& body) {
    if (!there) return absent();
    Version made{{}, body};
    for (const Json& tag : body.at("tags")) made.tags[tag.at("key")] = tag.at("value");
    versions.push_back(made);
    return {{"model_version", version_at(versions.size() - 1)}};
  }

  Json result(const std::string& call, const std::string& query, const Json& body) {
    if (call == "registered-models/get") {
      Json listed = Json::array();
      for (const auto& [alias, version] : aliases) {
        listed.push_back({{"alias", alias}, {"version", version}});
      }
      return there ? Json{{"registered_model", {{"aliases", listed}}}} : absent();
    }
    if (call == "registered-models/create") {
      there = true;
      description = body.value("description", "");
    }
    if (call == "registered-models/alias") {
      if (refused_aliases > 0) {
        --refused_aliases;
        return {{"error_code", "BAD_REQUEST"}, {"message", "UNIQUE constraint failed"}};
      }
      aliases[body.at("alias")] = body.at("version");
    }
    if (call == "model-versions/create") return create_version(body);
    if (call == "model-versions/search") return search(query);
    if (call == "model-versions/set-tag") {
      const std::size_t number = std::stoul(body.at("version").get<std::string>());
      versions.at(number - 1).tags[body.at("key")] = body.at("value");
    }
    if (call != "model-versions/get") return Json::object();
    const std::size_t number = std::stoul(query_value(query, "version"));
    return number > versions.size() ? absent() : Json{{"model_version", version_at(number - 1)}};
  }

  HttpResponse answer(const HttpRequest& request) {
    const std::string prefix = "http://registry/api/2.0/mlflow/";
    const std::string address = request.url.substr(prefix.size());
    const std::string call = address.substr(0, address.find('?'));
    asked.push_back(call);
    const Json body = request.body.empty() ? Json() : Json::parse(request.body);
    const Json found = result(call, address.substr(call.size()), body);
    if (after) after(call);
    HttpResponse response;
    response.status = found.contains("error_code") ? 404 : 200;
    response.body = found.dump();
    return response;
  }
};

}  // namespace rarewood

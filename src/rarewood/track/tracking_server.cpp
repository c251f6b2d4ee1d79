#include "rarewood/track/tracking_server.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <nlohmann/json.hpp>

#include "rarewood/base/text.hpp"
#include "rarewood/store/other_scheme.hpp"

namespace rarewood {
namespace {

/// A server that needs more than this share of the whole time for one small request is not there.
constexpr double kLongestWait = 0.5;
constexpr double kSlowestLine = 1e6;  // bytes a second; over a slower one files do not arrive
constexpr std::size_t kLongestQuote = 200;

[[noreturn]] void refuse(const std::string& sentence) { throw ServerFailure(sentence); }

std::string quoted(const std::string& body) {
  const std::string line = body.substr(0, body.find('\n'));
  return line.size() <= kLongestQuote ? line : line.substr(0, kLongestQuote) + "...";
}

/// "127.0.0.1" of "127.0.0.1:5001", "::1" of "[::1]"
std::string bare_host(const TrackingAddress& address) {
  if (address.host.starts_with('[')) return address.host.substr(1, address.host.find(']') - 1);
  return address.host.substr(0, address.host.find(':'));
}

/// How to have a server at the address: only that of this machine is for the reader to start.
std::string start_words(const TrackingAddress& address) {
  const std::string usual = address.url.starts_with("https:") ? "443" : "80";
  const std::string port = address.port.empty() ? usual : address.port;
  const std::string host = lower(bare_host(address));
  if (host == "localhost" || host.starts_with("127.") || host == "::1") {
    return "Start it with `mlflow server --host " + (host == "localhost" ? "127.0.0.1" : host) +
           " --port " + port + "`";
  }
  return "Look whether an MLflow server runs there and listens on port " + port;
}

[[noreturn]] void refuse_host(const TrackingAddress& address) {
  refuse("The tracking server refuses the host name '" + address.host +
         "' (403, Invalid Host header). Start it with --allowed-hosts '" + address.host +
         ",localhost:*,127.0.0.1:*' added to its command.");
}

/// Stores answer in XML of their own whatever they are asked.
bool is_s3(const HttpResponse& response) {
  return response.status >= 400 && response.body.find("<Error><Code>") != std::string::npos;
}

[[noreturn]] void refuse_s3(const TrackingAddress& address) {
  refuse("What answers at " + address.url +
         " is an S3 store such as MinIO, not an MLflow server. Give MLflow's own address as "
         "--tracking-uri, often port 5000 or 5001.");
}

[[noreturn]] void refuse_credentials(const TrackingAddress& address, int status) {
  refuse("The tracking server at " + address.url + " refuses the credentials (" +
         std::to_string(status) +
         "). Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN.");
}

[[noreturn]] void refuse_answer(const TrackingAddress& address, const std::string& path,
                                const HttpResponse& response) {
  const std::string status = std::to_string(response.status);
  if (response.status >= 500) {
    refuse("The tracking server at " + address.url + " failed (" + status + " for " + path + ": " +
           quoted(response.body) + "). Look into its log.");
  }
  if (response.status >= 300 && response.status < 400) {
    refuse("The tracking server at " + address.url + " sends requests on to " +
           response.header("location") + ". Give that server as --tracking-uri.");
  }
  const std::string sentence = "What answers at " + address.url + " is not an MLflow server (" +
                               status + " for " + path + "). Check --tracking-uri.";
  if (response.status == 404) throw UnknownCall(sentence);
  refuse(sentence);
}

/// MLflow's own refusal, such as "no such experiment"; no error code if it is something else.
TrackingReply refusal_in(const HttpResponse& response) {
  const auto json = nlohmann::json::parse(response.body, nullptr, false);
  const auto text = [&](const char* key) {
    return json.is_object() && json.contains(key) && json[key].is_string()
               ? json[key].get<std::string>()
               : std::string();
  };
  return {.error_code = text("error_code"), .message = quoted(text("message")), .body = ""};
}

/// A file that was put is answered with nothing, everything else with JSON.
bool is_result(const TrackingRequest& request, const HttpResponse& response) {
  return response.status >= 200 && response.status < 300 &&
         (request.method == "PUT" || nlohmann::json::accept(response.body));
}

TrackingReply read_reply(const TrackingAddress& address, const TrackingRequest& request,
                         const HttpResponse& response) {
  if (response.status == 0) throw unreachable_tracking_server(address, response.failure);
  if (is_result(request, response)) return {.error_code = "", .message = "", .body = response.body};
  if (is_s3(response)) refuse_s3(address);
  if (response.status == 403 && response.body.find("Invalid Host") != std::string::npos) {
    refuse_host(address);
  }
  if (response.status == 401 || response.status == 403) {
    refuse_credentials(address, response.status);
  }
  if (response.status >= 400 && response.status < 500) {
    TrackingReply reply = refusal_in(response);
    if (!reply.error_code.empty()) return reply;
  }
  refuse_answer(address, request.path, response);
}

std::chrono::steady_clock::duration as_duration(double seconds) {
  return std::chrono::duration_cast<std::chrono::steady_clock::duration>(
      std::chrono::duration<double>(seconds));
}

}  // namespace

ServerFailure unreachable_tracking_server(const TrackingAddress& address,
                                          const std::string& failure) {
  return ServerFailure("The tracking server at " + address.url + " cannot be reached (" + failure +
                       "). " + start_words(address) + ", or check --tracking-uri.");
}

ServerFailure wrong_scheme(const TrackingAddress& address, const std::string& meant) {
  const std::string speaks = meant.substr(0, meant.find(':'));
  const std::string asked = address.url.substr(0, address.url.find(':'));
  return ServerFailure("The tracking server at " + address.host + " speaks " + speaks + ", not " +
                       asked + ". Give --tracking-uri " + meant + ".");
}

TrackingServer::TrackingServer(const TrackOptions& options, std::uint64_t bytes,
                               const Control& control, Transport transport)
    : address_(tracking_address(options)),
      timeout_(options.tracking_timeout),
      all_time_(timeout_ + std::floor(static_cast<double>(bytes) / kSlowestLine)),
      stop_(control.stop),
      transport_(std::move(transport)),
      end_(std::chrono::steady_clock::now() + as_duration(all_time_)) {}

double TrackingServer::seconds_left() const {
  return std::chrono::duration<double>(end_ - std::chrono::steady_clock::now()).count();
}

TrackingReply TrackingServer::ask(const TrackingRequest& request) const {
  const double left = seconds_left();
  if (left <= 0.001) {
    refuse("The tracking server at " + address_.url + " took longer than " + shortest(all_time_) +
           " s. Raise --tracking-timeout, or look whether it is overloaded.");
  }
  const bool is_file = request.method == "PUT";
  HttpRequest http;
  http.method = request.method;
  http.url = address_.url + request.path;
  http.headers = {{"Content-Type", request.content_type}};
  if (!address_.authorization.empty()) {
    http.headers.emplace_back("Authorization", address_.authorization.reveal());
  }
  http.body = request.body;
  // uvicorn's workers hold an answer's body back until the headers are acknowledged, which the
  // system does at once on a new connection only and on a used one 40 ms later.
  http.sent_once = request.makes || address_.url.starts_with("http:");
  http.connect_timeout = std::min(left, kLongestWait * timeout_);
  http.whole_timeout = is_file ? left : http.connect_timeout;
  const HttpResponse response = transport_(http, stop_);
  const std::string meant = other_scheme(address_.url, response, stop_, transport_);
  if (!meant.empty()) throw wrong_scheme(address_, meant);
  return read_reply(address_, request, response);
}

}  // namespace rarewood

#include "rarewood/store/server_health.hpp"

#include <chrono>
#include <cmath>
#include <cstdlib>

#include "rarewood/base/text.hpp"
#include "rarewood/store/other_scheme.hpp"

namespace rarewood {
namespace {

constexpr double kNoticed = 60;  // seconds apart from which times in logs mislead

double seconds_since_1970() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::string span_text(double seconds) {
  if (seconds < 120) return fixed(seconds, 0) + " s";
  if (seconds < 7200) return fixed(seconds / 60, 0) + " minutes";
  return fixed(seconds / 3600, 1) + " hours";
}

HealthFinding name_finding(const HttpResponse& answer) {
  if (answer.no_answer == NoAnswer::unknown_name) {
    throw Error(ErrorKind::external, answer.failure +
                                         ". Correct the name in the address, or make it known to "
                                         "this machine (DNS, /etc/hosts).");
  }
  return {answer.peer.empty() ? "known" : answer.peer};
}

/// "http://127.0.0.1:5001" of an address with a path.
std::string root_of(const std::string& url) {
  return url.substr(0, url.find('/', url.find("://") + 3));
}

HealthFinding connection_finding(const ServerLook& look, const HttpResponse& answer, double seconds,
                                 const std::stop_token& stop) {
  const std::string root = root_of(look.request.url);
  const std::string meant = other_scheme(root, answer, stop);
  if (!meant.empty()) {
    throw Error(ErrorKind::external, "It speaks " + meant.substr(0, meant.find(':')) + ", not " +
                                         root.substr(0, root.find(':')) + ". Write " + meant +
                                         " as its address.");
  }
  if (answer.status == 0) throw look.unreachable(answer.failure);
  return {"answers in " + fixed(1000 * seconds, 1) + " ms"};
}

HealthFinding clock_finding(const HttpResponse& answer, double now, double limit) {
  const auto theirs = http_time(answer.header("date"));
  if (!theirs) return {"the server does not tell its time"};
  const double ahead = now - static_cast<double>(*theirs);
  const double apart = std::abs(ahead);
  if (apart < 2) return {"as the server's"};  // a Date header has whole seconds
  const std::string found =
      span_text(apart) + (ahead > 0 ? " ahead of" : " behind") + " the server's";
  if (limit > 0 && apart > limit) {
    throw Error(ErrorKind::external, "This machine's clock is " + found +
                                         ", which refuses requests that are " + span_text(limit) +
                                         " off. Set it, for instance with `timedatectl set-ntp "
                                         "true`.");
  }
  return {found, apart > kNoticed};
}

}  // namespace

HttpResponse look_at_server(ServiceHealth& health, const ServerLook& look,
                            const std::stop_token& stop) {
  HttpResponse answer;
  if (health.failed()) return answer;
  const double begun = seconds_since_1970();
  answer = send_http(look.request, stop);
  const double ended = seconds_since_1970();
  health.look_at("name", [&] { return name_finding(answer); });
  health.look_at("connection",
                 [&] { return connection_finding(look, answer, ended - begun, stop); });
  health.look_at("clock", [&] { return clock_finding(answer, ended, look.clock_limit); });
  return answer;
}

}  // namespace rarewood

#include "rarewood/store/http.hpp"

#include <array>
#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <utility>

#include <curl/curl.h>

#include "rarewood/base/control.hpp"
#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"

namespace rarewood {
namespace {

struct EasyDeleter {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using Easy = std::unique_ptr<CURL, EasyDeleter>;

// Its connections stay open between requests; another thread has its own.
CURL* easy_of_this_thread() {
  static const CURLcode status = curl_global_init(CURL_GLOBAL_DEFAULT);
  thread_local const Easy easy(status == CURLE_OK ? curl_easy_init() : nullptr);
  if (!easy) throw Error(ErrorKind::external, "libcurl does not start here. Reinstall it.");
  return easy.get();
}

/// libcurl's list of header lines.
class HeaderLines {
 public:
  explicit HeaderLines(const HttpHeaders& headers) {
    for (const auto& [name, value] : headers) {
      std::string line = name;
      line.append(value.empty() ? ";" : ": ").append(value);  // "Name;" sends an empty value
      curl_slist* longer = curl_slist_append(lines_, line.c_str());
      if (longer == nullptr) {
        curl_slist_free_all(lines_);
        throw std::bad_alloc();
      }
      lines_ = longer;
    }
  }
  ~HeaderLines() { curl_slist_free_all(lines_); }
  HeaderLines(const HeaderLines&) = delete;
  HeaderLines& operator=(const HeaderLines&) = delete;

  curl_slist* get() const { return lines_; }

 private:
  curl_slist* lines_ = nullptr;
};

/// An answer on its way. libcurl takes a connection that ends within the headers for a whole answer
/// without a body, so it is noted here whether the empty line after them has come.
struct Incoming {
  HttpResponse response;
  bool headers_ended = false;
};

std::size_t take_body(char* data, std::size_t size, std::size_t count, void* into) {
  try {
    static_cast<Incoming*>(into)->response.body.append(data, size * count);
    return size * count;
  } catch (const std::bad_alloc&) {
    return 0;  // no exception may pass through libcurl; it ends the transfer instead
  }
}

std::size_t take_header(char* data, std::size_t size, std::size_t count, void* into) {
  auto& [response, ended] = *static_cast<Incoming*>(into);
  auto& headers = response.headers;
  const std::string_view line(data, size * count);
  if (line.starts_with("HTTP/")) {
    headers.clear();  // an interim answer came before
    ended = false;
  }
  ended = ended || line == "\r\n" || line == "\n";
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return line.size();
  std::string_view value = line.substr(colon + 1);
  while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
  while (!value.empty() && (value.back() == '\r' || value.back() == '\n' || value.back() == ' ')) {
    value.remove_suffix(1);
  }
  headers[lower(line.substr(0, colon))] = value;
  return line.size();
}

int stop_wanted(void* token, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const std::stop_token*>(token)->stop_requested() ? 1 : 0;
}

long milliseconds(double seconds) { return static_cast<long>(seconds * 1000); }

void set_request(CURL* easy, const HttpRequest& request, curl_slist* headers) {
  curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
  curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, request.sent_once ? 1L : 0L);
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
  if (!request.ca_bundle.empty()) {
    curl_easy_setopt(easy, CURLOPT_CAINFO, request.ca_bundle.c_str());
  }
  const bool sends =
      request.method == "PUT" || request.method == "POST" || request.method == "PATCH";
  if (sends || !request.body.empty()) {
    // A null pointer would make libcurl read standard input.
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.empty() ? "" : request.body.data());
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(request.body.size()));
  }
  if (request.method == "HEAD") {
    curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
  } else {
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  }
}

void set_limits(CURL* easy, const HttpRequest& request, const std::stop_token& stop) {
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(request.connect_timeout));
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, milliseconds(request.stall_timeout) / 1000);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, milliseconds(request.whole_timeout));
  curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, stop_wanted);
  curl_easy_setopt(easy, CURLOPT_XFERINFODATA, &stop);
}

NoAnswer kind_of(CURLcode code) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST: return NoAnswer::unknown_name;
    case CURLE_SSL_CONNECT_ERROR: return NoAnswer::no_tls;
    case CURLE_PEER_FAILED_VERIFICATION: return NoAnswer::certificate;
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL: return NoAnswer::no_http;  // the last: "HTTP/0.9"
    default: return NoAnswer::other;
  }
}

std::string failure_text(CURL* easy, CURLcode code, const std::string& detail) {
  long reason = 0;
  curl_easy_getinfo(easy, CURLINFO_OS_ERRNO, &reason);
  if (code == CURLE_COULDNT_CONNECT && reason != 0) return std::strerror(static_cast<int>(reason));
  return detail.empty() ? curl_easy_strerror(code) : detail;
}

}  // namespace

std::string HttpResponse::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? "" : found->second;
}

HttpResponse send_http(const HttpRequest& request, const std::stop_token& stop) {
  check_stop(Control{.stop = stop});
  CURL* easy = easy_of_this_thread();
  const HeaderLines headers(request.headers);
  Incoming incoming;
  HttpResponse& response = incoming.response;
  std::array<char, CURL_ERROR_SIZE> detail{};
  set_request(easy, request, headers.get());
  set_limits(easy, request, stop);
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, detail.data());
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &incoming);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, &incoming);
  const CURLcode code = curl_easy_perform(easy);
  const char* peer = nullptr;
  if (curl_easy_getinfo(easy, CURLINFO_PRIMARY_IP, &peer) == CURLE_OK && peer != nullptr) {
    response.peer = peer;
  }
  if (code == CURLE_OK && !incoming.headers_ended) {
    response.failure = "the answer ended within its headers";
    response.no_answer = NoAnswer::no_http;
  } else if (code == CURLE_OK) {
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    response.status = static_cast<int>(status);
  } else {
    response.failure = failure_text(easy, code, detail.data());
    response.no_answer = kind_of(code);
  }
  curl_easy_reset(easy);  // nothing may point to what ends here
  // An answer that has come is not thrown away: what it tells of has been done.
  if (response.status == 0) check_stop(Control{.stop = stop});
  return std::move(incoming.response);
}

std::optional<std::int64_t> http_time(const std::string& date) {
  const time_t seconds = curl_getdate(date.c_str(), nullptr);
  if (seconds < 0) return std::nullopt;
  return seconds;
}

}  // namespace rarewood

#include "rarewood/store/other_scheme.hpp"

#include <gtest/gtest.h>

namespace rarewood {
namespace {

HttpResponse status(int number, const std::string& body = "") {
  HttpResponse answer;
  answer.status = number;
  answer.body = body;
  return answer;
}

HttpResponse none(NoAnswer why) {
  HttpResponse answer;
  answer.failure = "no";
  answer.no_answer = why;
  return answer;
}

/// What is suggested where the first answer was `seen` and the other scheme comes to `there`.
std::string suggested(const std::string& address, const HttpResponse& seen,
                      const HttpResponse& there, int* looks = nullptr) {
  const Transport transport = [&](const HttpRequest& request, const std::stop_token&) {
    EXPECT_TRUE(request.headers.empty()) << "no credentials";
    if (looks != nullptr) ++*looks;
    return there;
  };
  return other_scheme(address, seen, {}, transport);
}

TEST(OtherScheme, IsTheOneThatAnswers) {
  EXPECT_EQ(suggested("https://a:5001", none(NoAnswer::no_tls), status(404)), "http://a:5001");
  EXPECT_EQ(suggested("http://a:5001", none(NoAnswer::no_http), status(200)), "https://a:5001");
  EXPECT_EQ(suggested("http://a", none(NoAnswer::no_http), none(NoAnswer::certificate)),
            "https://a");
  const auto told = status(400, "Client sent an HTTP request to an HTTPS server.\n");
  EXPECT_EQ(suggested("http://a", told, status(403)), "https://a");
}

TEST(OtherScheme, IsNotSuggestedWhereItFaresNoBetter) {
  EXPECT_EQ(suggested("https://a", none(NoAnswer::no_tls), none(NoAnswer::other)), "");
  EXPECT_EQ(suggested("https://a", none(NoAnswer::no_tls), status(400, "sent to HTTPS port")), "");
  EXPECT_EQ(suggested("http://a", none(NoAnswer::no_http), none(NoAnswer::no_tls)), "");
}

TEST(OtherScheme, IsNotLookedForWithoutNeed) {
  int looks = 0;
  for (const HttpResponse& seen :
       {status(200), status(400, R"({"error_code": "INVALID_PARAMETER_VALUE"})"), status(500),
        none(NoAnswer::other), none(NoAnswer::unknown_name), none(NoAnswer::certificate)}) {
    EXPECT_EQ(suggested("http://a", seen, status(200), &looks), "");
    EXPECT_EQ(suggested("https://a", seen, status(200), &looks), "");
  }
  EXPECT_EQ(looks, 0);
}

}  // namespace
}  // namespace rarewood

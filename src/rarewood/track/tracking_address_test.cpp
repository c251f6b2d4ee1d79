#include "rarewood/track/tracking_address.hpp"

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"

namespace rarewood {
namespace {

TrackingAddress address_of(const std::string& uri) {
  TrackOptions options;
  options.tracking_uri = uri;
  return tracking_address(options);
}

TEST(TrackingAddress, TakesTheUriApart) {
  const TrackingAddress address = address_of("http://127.0.0.1:5001/");
  EXPECT_EQ(address.url, "http://127.0.0.1:5001");
  EXPECT_EQ(address.host, "127.0.0.1:5001");
  EXPECT_EQ(address.port, "5001");
  EXPECT_TRUE(address.authorization.empty());
  EXPECT_EQ(address_of("https://track.shop/mlflow").url, "https://track.shop/mlflow");
  EXPECT_EQ(address_of("https://track.shop/mlflow").port, "");
  EXPECT_EQ(address_of("http://[::1]:5001").port, "5001");
}

TEST(TrackingAddress, KeepsCredentialsOutOfTheUrl) {
  const TrackingAddress address = address_of("http://aladdin:open@sesame@host:5001");
  EXPECT_EQ(address.url, "http://host:5001");
  EXPECT_EQ(address.authorization.reveal(), "Basic YWxhZGRpbjpvcGVuQHNlc2FtZQ==");
}

TEST(TrackingAddress, DecodesCredentialsAsMlflowDoes) {
  EXPECT_EQ(address_of("http://ann:p%40ss%3Aw@host").authorization.reveal(),
            address_of("http://ann:p@ss:w@host").authorization.reveal());
  EXPECT_EQ(address_of("http://ann@host").authorization.reveal(), "Basic YW5uOg==");
}

TEST(TrackingAddress, PrefersATokenToAPassword) {
  TrackOptions options;
  options.tracking_uri = "http://host";
  options.tracking_username = Secret("ab");
  options.tracking_password = Secret("c");
  EXPECT_EQ(tracking_address(options).authorization.reveal(), "Basic YWI6Yw==");
  options.tracking_password = Secret("cd");
  EXPECT_EQ(tracking_address(options).authorization.reveal(), "Basic YWI6Y2Q=");
  options.tracking_token = Secret("t");
  EXPECT_EQ(tracking_address(options).authorization.reveal(), "Bearer t");
}

TEST(TrackingAddress, RefusesWhatIsNoServerWithoutShowingIt) {
  for (const std::string uri : {"sqlite:///mlflow.db", "./mlruns", "postgresql://me:pw@db/x"}) {
    try {
      address_of(uri);
      FAIL() << uri;
    } catch (const Error& problem) {
      EXPECT_EQ(std::string(problem.what()).find("pw"), std::string::npos);
      EXPECT_NE(std::string(problem.what()).find("mlflow server"), std::string::npos);
      EXPECT_EQ(problem.kind(), ErrorKind::usage);
    }
  }
}

std::string refusal_of(const std::string& uri) {
  try {
    check_tracking_uri({.tracking_uri = uri});
    return "";
  } catch (const Error& problem) {
    return problem.what();
  }
}

TEST(TrackingAddress, IsCheckedBeforeAnyWork) {
  EXPECT_EQ(refusal_of(""), "");
  EXPECT_EQ(refusal_of("http://h:5001"), "");
  EXPECT_EQ(refusal_of("HTTPS://h/mlflow"), "");
  for (const std::string uri : {"./mlruns", "mlruns", "localhost:5001", "/a:b"}) {
    EXPECT_NE(refusal_of(uri).find("has no http:// before it"), std::string::npos) << uri;
  }
  EXPECT_NE(refusal_of("file:///tmp/mlruns").find("begins with 'file:'"), std::string::npos);
  EXPECT_NE(refusal_of("sqlite:///mlflow.db").find("begins with 'sqlite:'"), std::string::npos);
  EXPECT_NE(refusal_of("http:///mlflow").find("names no host"), std::string::npos);
  for (const std::string uri : {"ftp://x", "http://"}) {
    EXPECT_NE(refusal_of(uri).find("Give the address of one, such as"), std::string::npos) << uri;
    EXPECT_EQ(refusal_of(uri).find("backend-store"), std::string::npos) << uri;
  }
  EXPECT_NE(refusal_of("mysql+pymysql://h/x").find("--backend-store-uri ..."), std::string::npos);
  EXPECT_NE(refusal_of("http:5001"), "");
}

TEST(TrackOptions, NameTheExperimentOfTheAssignedJob) {
  EXPECT_EQ(experiment_name({}, "is_ordered"), "Conversion_Prediction_Classification");
  EXPECT_EQ(experiment_name({}, "churned"), "churned_Classification");
  EXPECT_EQ(experiment_name({.experiment = "mine"}, "is_ordered"), "mine");
}

TEST(TrackOptions, NeverRecordSecrets) {
  TrackOptions options;
  options.tracking_password = Secret("open sesame");
  for (const auto& [name, value] : track_options().values(options)) {
    EXPECT_NE(value, "open sesame") << name;
  }
}

}  // namespace
}  // namespace rarewood

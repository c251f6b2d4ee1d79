#include "rarewood/evaluate/threshold_rule.hpp"

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"

namespace rarewood {
namespace {

using Kind = ThresholdRule::Kind;

ThresholdRule parsed(const std::string& text) { return parse_threshold_rule(text, std::nullopt); }

std::string refusal(const std::string& text, const std::optional<DecisionCosts>& costs = {}) {
  try {
    parse_threshold_rule(text, costs);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    return error.what();
  }
  return "";
}

TEST(ThresholdRule, IsReadFromText) {
  const std::pair<const char*, ThresholdRule> rules[] = {
      {"f1", {Kind::f_beta, 1}},
      {"fbeta:0.5", {Kind::f_beta, 0.5}},
      {"recall:0.8", {Kind::recall, 0.8}},
      {"precision:1", {Kind::precision, 1}},
      {"top:0.1", {Kind::top, 0.1}},
      {"net_benefit:0.2", {Kind::net_benefit, 0.2}},
      {"per_day:200", {Kind::per_day, 200}},
      {"0.4", {Kind::fixed, 0.4}}};
  for (const auto& [text, wanted] : rules) {
    const ThresholdRule rule = parsed(text);
    EXPECT_EQ(rule.kind, wanted.kind) << text;
    EXPECT_EQ(rule.value, wanted.value) << text;
    EXPECT_EQ(rule.text, text);
  }
}

TEST(ThresholdRule, RefusesOtherTexts) {
  for (const char* text :
       {"", "F1", "best", "0", "1", "1.5", "-0.1", "nan", "f1:2", "accuracy:1"}) {
    EXPECT_NE(refusal(text).find("must be f1 or another rule"), std::string::npos) << text;
  }
  for (const char* text : {"recall:", "recall:0", "recall:1.01", "top:0", "top:2", "fbeta:0",
                           "fbeta:nan", "net_benefit:1", "precision:x", "per_day:-3"}) {
    EXPECT_NE(refusal(text).find(" needs a"), std::string::npos) << text;
  }
}

TEST(ThresholdRule, TakesCostsWithCostOnly) {
  const DecisionCosts costs{1, 9, 0, 0};
  EXPECT_EQ(parse_threshold_rule("cost", costs).costs.false_negative, 9);
  EXPECT_NE(refusal("cost").find("what errors cost"), std::string::npos);
  EXPECT_NE(refusal("cost", DecisionCosts{0, 9, 0, 0}).find("above 0"), std::string::npos);
  EXPECT_NE(refusal("f1", costs).find("go with --threshold cost"), std::string::npos);
}

TEST(ThresholdRule, TurnsACapacityIntoAShare) {
  const ThresholdRule rule = with_rows_per_day(parsed("per_day:200"), 1000);
  EXPECT_EQ(rule.kind, Kind::top);
  EXPECT_EQ(rule.value, 0.2);
  EXPECT_EQ(rule.text, "per_day:200");
  EXPECT_EQ(with_rows_per_day(parsed("per_day:200"), 50).value, 1);
  EXPECT_EQ(with_rows_per_day(parsed("f1"), 0).kind, Kind::f_beta);
  EXPECT_THROW(with_rows_per_day(parsed("per_day:200"), 0), Error);
}

}  // namespace
}  // namespace rarewood

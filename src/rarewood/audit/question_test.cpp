#include "rarewood/audit/question.hpp"

#include <gtest/gtest.h>

namespace rarewood {
namespace {

TEST(Question, IsAnsweredByTomlThatCanBeCopied) {
  EXPECT_EQ(ask({"duration"}),
            "Is duration known at the prediction point? Answer once in rarewood.toml: "
            "[available_at] duration = \"before\" (or \"after\").");
  EXPECT_NE(ask({"Page Values"}).find("[available_at] \"Page Values\" = \"before\""),
            std::string::npos);
  EXPECT_EQ(ask({"a", "b"}).find("Are a and b known"), 0U);
}

}  // namespace
}  // namespace rarewood

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
  EXPECT_EQ(ask({"a", "b c"}),
            "Are a and b c known at the prediction point? Answer for each once in rarewood.toml: "
            "[available_at] a = \"before\" (or \"after\"), \"b c\" = \"before\".");
}

}  // namespace
}  // namespace rarewood

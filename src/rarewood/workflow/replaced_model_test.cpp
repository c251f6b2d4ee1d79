#include "rarewood/workflow/replaced_model.hpp"

#include <gtest/gtest.h>

namespace rarewood {
namespace {

using Leaks = std::vector<std::string>;

Model model_of(const std::string& feature, const std::string& point,
               std::optional<Leaks> leaks = std::nullopt) {
  Model model;
  model.schema.features = {{feature, FeatureKind::number, {}}};
  model.schema.prediction_point = point;
  model.provenance.leaks = std::move(leaks);
  return model;
}

TEST(ReplacedModel, SaysItselfWhetherItRestsOnALeak) {
  EXPECT_FALSE(may_rest_on({"depth"}, "end", model_of("depth", "end", Leaks{})));
  EXPECT_TRUE(may_rest_on({"depth"}, "end", model_of("other", "10min", Leaks{"other"})));
}

TEST(ReplacedModel, IsGuessedByItsColumnsWhereItDoesNotSay) {
  EXPECT_TRUE(may_rest_on({"depth"}, "end", model_of("depth", "end")));
  EXPECT_FALSE(may_rest_on({"depth"}, "end", model_of("depth", "10min"))) << "another moment";
  EXPECT_FALSE(may_rest_on({"depth"}, "end", model_of("hour", "end")));
}

}  // namespace
}  // namespace rarewood

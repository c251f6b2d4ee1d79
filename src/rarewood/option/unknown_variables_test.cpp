#include "rarewood/option/unknown_variables.hpp"

#include <gtest/gtest.h>

#include "rarewood/option/test_program.hpp"

namespace rarewood {
namespace {

TEST(UnknownVariables, AreToldWithTheNearestName) {
  EXPECT_EQ(unknown_variables(test_program(), {"RAREWOOD_N_ESTIMATORS", "RAREWOOD_N_ESTIMATOR"}),
            "RAREWOOD_N_ESTIMATOR is set, but is no option and does nothing. Did you mean "
            "'RAREWOOD_N_ESTIMATORS'?");
  EXPECT_EQ(unknown_variables(test_program(), {"RAREWOOD_ZZZ", "RAREWOOD_YY"}),
            "RAREWOOD_ZZZ and RAREWOOD_YY are set, but are no options and do nothing.");
}

TEST(UnknownVariables, AreNotThoseOfOptionsAndScripts) {
  EXPECT_EQ(unknown_variables(test_program(), {}), "");
  EXPECT_EQ(unknown_variables(test_program(),
                              {"RAREWOOD_LEARNER", "RAREWOOD_PYTHON", "RAREWOOD_MINIO_PORT"}),
            "");
}

}  // namespace
}  // namespace rarewood

#include "rarewood/resample/sampling_strategy.hpp"

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"

namespace rarewood {
namespace {

ClassPlan over(const ClassTotals& totals, const std::string& text) {
  return plan_over(totals, SamplingStrategy::parse(text));
}

ClassPlan under(const ClassTotals& totals, const std::string& text) {
  return plan_under(totals, SamplingStrategy::parse(text));
}

TEST(SamplingStrategy, raises_the_rarer_class_exactly) {
  EXPECT_EQ(over({352446, 25850}, "0.25").after, (ClassTotals{352446, 88111}));
  EXPECT_EQ(over({100, 10}, "0.29").after.n1, 29U) << "100 x 0.29 is 28.999... in binary";
  EXPECT_EQ(over({10, 100}, "0.5").after, (ClassTotals{50, 100}));
  EXPECT_EQ(over({100, 10}, "1").after.n1, 100U);
  EXPECT_EQ(over({100, 10}, "1.0").after.n1, 100U);
  EXPECT_EQ(over({100, 10}, "0.05").added(), 0U) << "never takes rows away";
  EXPECT_EQ(over({100, 10}, "counts:26").after.n1, 26U);
  EXPECT_EQ(over({100, 10}, "26").after.n1, 26U);
  EXPECT_EQ(over({100, 10}, "share:0.2").after.n1, 25U);
  EXPECT_EQ(over({10, 100}, "share:0.8").after.n0, 25U) << "share is that of positives";
  EXPECT_EQ(over({4'000'000'000'000, 1}, "0.999999999").after.n1, 3'999'999'996'000U);
}

TEST(SamplingStrategy, lowers_the_commoner_class_exactly) {
  EXPECT_EQ(under({1000, 29}, "0.29").after, (ClassTotals{100, 29}));
  EXPECT_EQ(under({1000, 7}, "0.3").after.n0, 23U);
  EXPECT_EQ(under({1000, 10}, "counts:26").after.n0, 26U);
  EXPECT_EQ(under({1000, 10}, "share:0.2").after.n0, 40U);
  EXPECT_EQ(under({7, 1000}, "0.3").after, (ClassTotals{7, 23}));
  EXPECT_EQ(under({100, 10}, "0.05").after.n0, 100U) << "never adds rows";
}

TEST(SamplingStrategy, leaves_a_row_of_the_commoner_class) {
  // 100 rarer rows leave one of the others; a fold of them has 80.
  EXPECT_EQ(under({1000, 100}, "share:0.99").after.n0, 1U);
  EXPECT_EQ(under({1000, 80}, "share:0.99").after.n0, 1U);
  EXPECT_THROW(check_under({1000, 80}, SamplingStrategy::parse("share:0.99")), Error);
}

TEST(SamplingStrategy, refuses_what_cannot_be) {
  for (const char* text : {"", ".", "0", "-0.5", "1.5", "x", "share:1", "share:0", "share:", "0,5",
                           "counts:0", "counts:0.5", "counts:", "count:5", "1e-3", "nan", "1e5"}) {
    EXPECT_THROW(SamplingStrategy::parse(text), Error) << text;
  }
  EXPECT_THROW(check_over({100, 30}, SamplingStrategy::parse("0.29")), Error);
  EXPECT_NO_THROW(check_over({100, 29}, SamplingStrategy::parse("0.29")));
  EXPECT_THROW(check_under({100, 30}, SamplingStrategy::parse("0.29")), Error);
  EXPECT_NO_THROW(check_under({100, 29}, SamplingStrategy::parse("0.29")));
  EXPECT_THROW(check_under({100, 1}, SamplingStrategy::parse("share:0.999")), Error);
}

}  // namespace
}  // namespace rarewood

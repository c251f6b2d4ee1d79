#include "rarewood/feature/value_text.hpp"

#include <limits>

#include <gtest/gtest.h>

namespace rarewood {
namespace {

std::string text(FeatureKind kind, float value) {
  Feature feature;
  feature.kind = kind;
  feature.categories = {"DE", "FR"};
  return value_text(feature, value);
}

TEST(ValueText, IsWhatPeopleWrite) {
  EXPECT_EQ(text(FeatureKind::number, 7.5F), "7.5");
  EXPECT_EQ(text(FeatureKind::number, 7), "7");
  EXPECT_EQ(text(FeatureKind::category, 1), "FR");
  EXPECT_EQ(text(FeatureKind::boolean, 0), "false");
  EXPECT_EQ(text(FeatureKind::time, 20780.4F), "2026-11-23");
  EXPECT_EQ(text(FeatureKind::time, -1), "1969-12-31");
}

TEST(ValueText, OfNothingAndOfUnknownCategories) {
  EXPECT_EQ(text(FeatureKind::category, std::numeric_limits<float>::quiet_NaN()), "missing");
  EXPECT_EQ(text(FeatureKind::category, 2), "2");
}

}  // namespace
}  // namespace rarewood

#include "rarewood/explain/importance.hpp"

#include <gtest/gtest.h>

namespace rarewood {
namespace {

Node leaf(float value, float cover) {
  Node node;
  node.value = value;
  node.cover = cover;
  return node;
}

Node split(std::int32_t feature, std::uint32_t left, std::uint32_t right, float cover) {
  Node node;
  node.feature = feature;
  node.left = left;
  node.right = right;
  node.cover = cover;
  return node;
}

FeatureSchema schema_of(const std::vector<std::string>& names) {
  FeatureSchema schema;
  for (const std::string& name : names) schema.features.push_back({name, FeatureKind::number, {}});
  return schema;
}

//              0: a, 100 rows, 20 positive
//             /                          \ .
//   1: leaf, 60 rows, 0 positive     2: b, 40 rows, 20 positive
//                                   /                          \ .
//                        3: leaf, 20 rows, 5        4: leaf, 20 rows, 15
Ensemble two_splits() {
  Ensemble ensemble;
  ensemble.roots = {0};
  ensemble.nodes = {split(0, 1, 2, 100), leaf(0, 60), split(1, 3, 4, 40), leaf(0.25F, 20),
                    leaf(0.75F, 20)};
  return ensemble;
}

TEST(Importance, IsTheShareOfTheGiniDecrease) {
  // 100 * 0.32 - 60 * 0 - 40 * 0.5 = 12 at the root; 40 * 0.5 - 20 * 0.375 - 20 * 0.375 = 5 below.
  const auto importance = impurity_importance(two_splits(), schema_of({"a", "b", "never used"}));
  ASSERT_EQ(importance.size(), 3U);
  EXPECT_EQ(importance[0].feature, "a");
  EXPECT_NEAR(importance[0].importance, 12.0 / 17, 1e-12);
  EXPECT_EQ(importance[1].feature, "b");
  EXPECT_NEAR(importance[1].importance, 5.0 / 17, 1e-12);
  EXPECT_EQ(importance[2].importance, 0);
}

TEST(Importance, CountsEachTreeAlikeAndLeavesStumpsWithoutSplitsOut) {
  Ensemble ensemble = two_splits();
  // A tree of ten times the rows that splits on b only, and one that does not split.
  ensemble.roots = {0, 5, 8};
  ensemble.nodes.push_back(split(1, 6, 7, 1000));
  ensemble.nodes.push_back(leaf(0, 500));
  ensemble.nodes.push_back(leaf(1, 500));
  ensemble.nodes.push_back(leaf(0.2F, 100));
  const auto importance = impurity_importance(ensemble, schema_of({"a", "b"}));
  EXPECT_EQ(importance[0].feature, "b");
  EXPECT_NEAR(importance[0].importance, (5.0 / 17 + 1) / 2, 1e-12);
  EXPECT_NEAR(importance[1].importance, 12.0 / 17 / 2, 1e-12);
}

TEST(Importance, IsZeroWhereNothingSplits) {
  Ensemble ensemble;
  ensemble.roots = {0};
  ensemble.nodes = {leaf(0.1F, 10)};
  for (const auto& each : impurity_importance(ensemble, schema_of({"a", "b"}))) {
    EXPECT_EQ(each.importance, 0);
  }
}

TEST(Importance, OfTermsIsTheShareOfTheirSpread) {
  const LinearModel model{1, {{-2, {}, 0, 0.5}, {0, {1, 2}, 0, 1.5}, {0, {}, 0, 0}}};
  const FeatureSchema schema = schema_of({"a", "b", "c"});
  const auto importance = feature_importance(model, schema);
  ASSERT_EQ(importance.size(), 3U);
  EXPECT_EQ(importance[0].feature, "b");
  EXPECT_EQ(importance[0].importance, 0.75);
  EXPECT_EQ(importance[1].importance, 0.25);
  EXPECT_EQ(importance[2].importance, 0);
  Ensemble summed = two_splits();
  summed.aggregation = Ensemble::Aggregation::sum;
  EXPECT_EQ(importance_measure(model), "share of the spread of the log-odds' terms");
  EXPECT_EQ(importance_measure(summed), "share of the total gain");
  EXPECT_EQ(importance_measure(two_splits()), "share of impurity decrease");
  EXPECT_EQ(feature_importance(two_splits(), schema)[0].feature, "a");
}

TEST(Importance, OfSummedTreesCountsWhatEachTreeSaved) {
  // hessians for covers: 60 * 40 / 100 * 0.5^2 = 6 at the root, 20 * 20 / 40 * 0.5^2 = 2.5 below.
  Ensemble ensemble = two_splits();
  ensemble.aggregation = Ensemble::Aggregation::sum;
  ensemble.roots = {0, 5};
  ensemble.nodes.push_back(split(1, 6, 7, 40));  // 20 * 20 / 40 * 0.1^2 = 0.1
  ensemble.nodes.push_back(leaf(-0.05F, 20));
  ensemble.nodes.push_back(leaf(0.05F, 20));
  const auto importance = impurity_importance(ensemble, schema_of({"a", "b"}));
  EXPECT_NEAR(importance[0].importance, 6 / 8.6, 1e-7);
  EXPECT_NEAR(importance[1].importance, 2.6 / 8.6, 1e-7);
}

}  // namespace
}  // namespace rarewood

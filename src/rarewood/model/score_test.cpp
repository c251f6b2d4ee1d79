#include "rarewood/model/score.hpp"

#include <bit>
#include <cmath>

#include <gtest/gtest.h>

#include "rarewood/model/model_for_test.hpp"

namespace rarewood {
namespace {

template <typename Kind>
std::vector<float> reference_scores(const Kind& predictor, const Columns& columns) {
  std::vector<float> result;
  for (std::size_t r = 0; r < columns.rows; ++r) {
    std::vector<float> row;
    for (const auto& column : columns.values) row.push_back(column[r]);
    result.push_back(reference_score(predictor, row));
  }
  return result;
}

std::vector<float> fast_scores(const Predictor& predictor, const Columns& columns, int threads) {
  std::vector<const float*> pointers;
  for (const auto& column : columns.values) pointers.push_back(column.data());
  Control control;
  control.threads = threads;
  return raw_scores(predictor, pointers, columns.rows, control);
}

/// x <= 2 ? (colour in {1} or missing ? 0.25 : 0.5) : 1
Ensemble small_tree() {
  Ensemble ensemble;
  ensemble.roots = {0};
  ensemble.nodes = {{0, Node::kOrdered, 2.0F, 1, 4, false, 10},
                    {1, 0, 0.0F, 2, 3, true, 6},
                    {Node::kLeaf, Node::kOrdered, 0.25F, 0, 0, false, 2},
                    {Node::kLeaf, Node::kOrdered, 0.5F, 0, 0, false, 4},
                    {Node::kLeaf, Node::kOrdered, 1.0F, 0, 0, false, 4}};
  ensemble.category_sets = {{1}};
  return ensemble;
}

TEST(Score, WalksASmallTreeAsWrittenDown) {
  const float missing = std::nanf("");
  const Columns rows{6, {{1, 2, 2, 3, missing, 2}, {1, 0, missing, 1, 1, 77}}};
  const std::vector<float> expected{0.25F, 0.5F, 0.25F, 1, 1, 0.5F};
  EXPECT_EQ(reference_scores(small_tree(), rows), expected);
  EXPECT_EQ(fast_scores(small_tree(), rows, 1), expected);
}

TEST(Score, FastEqualsReferenceBitByBitForAnyShapeAndThreads) {
  const std::vector<ModelShape> shapes{
      {},
      {{0}, 1, 0, Ensemble::Aggregation::average, 2},
      {{0, 0, 0}, 200, 9, Ensemble::Aggregation::average, 3},
      {{3, 500}, 33, 5, Ensemble::Aggregation::sum, 4},
      {{3, 2, 4}, 40, 5, Ensemble::Aggregation::sum, 6},  // rows repeat: each is scored once
      {std::vector<std::size_t>(2500, 0), 12, 6, Ensemble::Aggregation::sum, 5},
  };
  for (const ModelShape& shape : shapes) {
    ModelForTest made(shape);
    for (const std::size_t rows : {0U, 1U, 17U, 1500U}) {
      const Columns columns = made.rows(rows);
      const auto expected = reference_scores(trees_of(made.model), columns);
      EXPECT_EQ(fast_scores(trees_of(made.model), columns, 1), expected) << shape.seed;
      EXPECT_EQ(fast_scores(trees_of(made.model), columns, 3), expected) << shape.seed;
    }
  }
}

TEST(Score, ForestSumsAreExactInAnyOrder) {
  ModelForTest made({{0, 0}, 256, 4, Ensemble::Aggregation::average, 6});
  const Columns columns = made.rows(200);
  Ensemble reversed = trees_of(made.model);
  std::reverse(reversed.roots.begin(), reversed.roots.end());
  EXPECT_EQ(reference_scores(reversed, columns), reference_scores(trees_of(made.model), columns));
}

/// 1 + 2 x, 9 where x is missing; + 0.25 or -0.5 by category, -0.125 where none is known.
LinearModel small_line() { return {1, {{2, {}, 9, 0}, {0, {0.25, -0.5}, -0.125, 0}}}; }

TEST(LinearScore, AddsUpItsTerms) {
  const float missing = std::nanf("");
  const Columns rows{4, {{0, 1.5F, missing, -3}, {0, 1, 1, missing}}};
  const std::vector<float> expected{1.25F, 3.5F, 9.5F, -5.125F};
  EXPECT_EQ(reference_scores(small_line(), rows), expected);
  EXPECT_EQ(fast_scores(small_line(), rows, 1), expected);
}

TEST(LinearScore, FastEqualsReferenceBitByBitForAnyThreads) {
  for (const std::vector<std::size_t>& categories :
       {std::vector<std::size_t>{0}, {7}, {0, 0, 5, 40, 0}, std::vector<std::size_t>(300, 0)}) {
    ModelForTest made({categories});
    made.make_linear();
    const auto& linear = std::get<LinearModel>(made.model.predictor);
    for (const std::size_t rows : {0U, 1U, 9001U}) {
      const Columns columns = made.rows(rows);
      const auto expected = reference_scores(linear, columns);
      EXPECT_EQ(fast_scores(linear, columns, 1), expected);
      EXPECT_EQ(fast_scores(linear, columns, 3), expected);
    }
  }
}

TEST(LinearScore, IsTheSameForAnyOrderOfTerms) {
  ModelForTest made({std::vector<std::size_t>(60, 0)});
  made.make_linear();
  LinearModel linear = std::get<LinearModel>(made.model.predictor);
  Columns columns = made.rows(500);
  const auto scores = reference_scores(linear, columns);
  std::reverse(linear.terms.begin(), linear.terms.end());
  std::reverse(columns.values.begin(), columns.values.end());
  EXPECT_EQ(reference_scores(linear, columns), scores);
}

TEST(LinearScore, IsCutOffWhereNoProbabilityTells) {
  const LinearModel steep{0, {{1e100, {}, 0, 0}}};
  const Columns rows{3, {{3e38F, -3e38F, 0}}};
  const std::vector<float> expected{1048576, -1048576, 0};
  EXPECT_EQ(reference_scores(steep, rows), expected);
  EXPECT_EQ(fast_scores(steep, rows, 1), expected);
}

TEST(Score, CalibrationIsTheLineBetweenKnotsAndConstantOutside) {
  const Calibrator map{"platt", {0.25F, 0.5F, 0.75F}, {0.125F, 0.25F, 1.0F}};
  EXPECT_EQ(calibrated(map, 0.0F), 0.125F);
  EXPECT_EQ(calibrated(map, 0.25F), 0.125F);
  EXPECT_EQ(calibrated(map, 0.375F), 0.1875F);
  EXPECT_EQ(calibrated(map, 0.625F), 0.625F);
  EXPECT_EQ(calibrated(map, 0.75F), 1.0F);
  EXPECT_EQ(calibrated(map, 9.0F), 1.0F);
  EXPECT_EQ(calibrated({}, 0.3F), 0.3F);
}

TEST(Score, CalibrationNeverFallsEvenBetweenNeighbouringFloats) {
  const Calibrator map{
      "platt", {0.1F, std::nextafter(0.1F, 1.0F), 0.3F, 0.9F}, {0.1F, 0.7F, 0.70000005F, 0.99999F}};
  float before = 0;
  for (float score = 0.0999F; score < 0.9001F; score = std::nextafter(score + 1e-5F, 1.0F)) {
    const float now = calibrated(map, score);
    EXPECT_GE(now, before) << score;
    before = now;
  }
  EXPECT_EQ(calibrated({"none", {0, 1}, {0, 1}}, 0.123F), 0.123F);
}

TEST(Score, PredictDecidesOnTheRawScoreIncludingTheThresholdItself) {
  Model model = ModelForTest({}).model;
  model.schema.features.resize(2);
  trees_of(model) = small_tree();
  model.threshold.raw_score = 0.5F;
  const Predictions made = predict(model, {3, {{1, 2, 3}, {1, 0, 0}}}, {});
  EXPECT_EQ(made.label, (std::vector<std::uint8_t>{0, 1, 1}));
  EXPECT_EQ(made.probability[1], calibrated(model.calibrator, 0.5F));
}

}  // namespace
}  // namespace rarewood

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "rarewood/base/random.hpp"
#include "rarewood/model/score.hpp"

namespace rarewood {

/// What a random model for tests looks like.
struct ModelShape {
  std::vector<std::size_t> categories = {0, 0, 5, 40, 0};  ///< per feature; 0 = a number
  std::size_t trees = 20;
  std::uint32_t depth = 7;
  Ensemble::Aggregation aggregation = Ensemble::Aggregation::average;
  std::uint64_t seed = 1;
};

/// A linear model of random weights over the features of a random forest's shape.
inline LinearModel linear_for_test(const FeatureSchema& schema, std::uint64_t seed) {
  Random random(seed, "linear model for test");
  const auto weight = [&] { return 4 * random.uniform() - 2; };
  LinearModel linear{weight(), {}};
  for (const Feature& feature : schema.features) {
    LinearTerm term{0, {}, weight(), random.uniform()};
    if (feature.kind != FeatureKind::category) term.weight = weight();
    for (std::size_t c = 0; c < feature.categories.size(); ++c) {
      term.by_category.push_back(weight());
    }
    linear.terms.push_back(std::move(term));
  }
  return linear;
}

/// Grows random trees in pre-order, the order a model is read back in.
class ModelForTest {
 public:
  explicit ModelForTest(const ModelShape& shape)
      : shape_(shape), random_(shape.seed, "model for test") {
    for (std::size_t f = 0; f < shape.categories.size(); ++f) {
      model.schema.features.push_back(feature(f));
    }
    model.schema.target = {"is_ordered", "0", "1"};
    model.schema.prediction_point = "10min";
    trees_of(model).aggregation = shape.aggregation;
    for (std::size_t t = 0; t < shape.trees; ++t) {
      trees_of(model).roots.push_back(grow(shape.depth));
    }
    model.calibrator = {"platt", {0.0F, 0.25F, 0.5F, 0.7F}, {0.01F, 0.1F, 0.3F, 0.95F}};
    model.threshold = {"f1", 0.28, 0.4751F};
    model.provenance = {"5f0c", "0.0.1", {{"learner", "forest"}, {"max_depth", "15"}}};
  }

  /// The same schema with a linear model instead of trees.
  void make_linear() {
    model.predictor = linear_for_test(model.schema, shape_.seed);
    model.calibrator = {"platt", {-4.0F, -1.0F, 0.5F, 4.0F}, {0.01F, 0.1F, 0.3F, 0.95F}};
    model.threshold = {"f1", 0.28, 0.35F};
  }

  /// Rows with missing values; categories as codes.
  Columns rows(std::size_t count) {
    Columns columns{count, {}};
    for (std::size_t f = 0; f < shape_.categories.size(); ++f) {
      auto& column = columns.values.emplace_back();
      for (std::size_t r = 0; r < count; ++r) column.push_back(value(f));
    }
    return columns;
  }

  /// A raw score that rows do have, about in the middle.
  float median_score() {
    const Columns columns = rows(301);
    std::vector<const float*> pointers;
    for (const auto& column : columns.values) pointers.push_back(column.data());
    std::vector<float> scores = raw_scores(model.predictor, pointers, columns.rows, {});
    std::nth_element(scores.begin(), scores.begin() + 150, scores.end());
    return scores[150];
  }

  Model model;

 private:
  Feature feature(std::size_t f) const {
    Feature made{"feature " + std::to_string(f), FeatureKind::number, {}};
    if (f % 2 == 1) made.kind = FeatureKind::boolean;
    if (shape_.categories[f] == 0) return made;
    made.kind = FeatureKind::category;
    for (std::size_t c = 0; c < shape_.categories[f]; ++c) {
      made.categories.push_back("level " + std::to_string(1000 + c) + " \xC3\xA9");
    }
    return made;
  }

  float value(std::size_t f) {
    if (random_.below(6) == 0) return std::numeric_limits<float>::quiet_NaN();
    const std::size_t categories = shape_.categories[f];
    if (categories > 0) return static_cast<float>(random_.below(categories));
    if (f % 2 == 1) return static_cast<float>(random_.below(2));
    return static_cast<float>(random_.below(64)) / 8 - 3;
  }

  std::uint32_t grow(std::uint32_t depth) {
    const auto at = static_cast<std::uint32_t>(trees_of(model).nodes.size());
    Node node;
    node.cover = static_cast<float>(1 + random_.below(1000)) / 7;
    trees_of(model).nodes.push_back(node);
    if (depth == 0 || random_.below(5) == 0) {
      const float quantum = leaf_quantum(shape_.trees);
      const auto steps = static_cast<std::uint64_t>(1 / quantum);
      node.value = static_cast<float>(random_.below(steps + 1)) * quantum;
      if (shape_.aggregation == Ensemble::Aggregation::sum) node.value = node.value / 3 - 0.1F;
    } else {
      split(node);
      node.left = grow(depth - 1);
      node.right = grow(depth - 1);
    }
    trees_of(model).nodes[at] = node;
    return at;
  }

  void split(Node& node) {
    node.feature = static_cast<std::int32_t>(random_.below(shape_.categories.size()));
    node.missing_left = random_.below(2) == 1;
    const std::size_t categories = shape_.categories[static_cast<std::size_t>(node.feature)];
    if (categories == 0) {
      node.value = node.feature % 2 == 1 ? 0.5F : static_cast<float>(random_.below(64)) / 8 - 3;
      if (random_.below(16) == 0) node.value = std::numeric_limits<float>::infinity();
      return;
    }
    node.category_set = static_cast<std::int32_t>(trees_of(model).category_sets.size());
    auto& set = trees_of(model).category_sets.emplace_back();
    const bool none = random_.below(16) == 0;  // only missing values go left
    for (std::uint32_t c = 0; c < categories && !none; ++c) {
      if (random_.below(3) == 0) set.push_back(c);
    }
  }

  ModelShape shape_;
  Random random_;
};

}  // namespace rarewood

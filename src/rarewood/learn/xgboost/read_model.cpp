#include "rarewood/learn/xgboost/read_model.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include <nlohmann/json.hpp>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/learn/foreign_tree.hpp"

namespace rarewood {
namespace {

using nlohmann::json;

/// One tree's arrays, which the library keeps side by side, one entry a node.
class SavedTree {
 public:
  SavedTree(const json& tree, const std::vector<std::uint32_t>& category_counts)
      : left_(tree.at("left_children").get<std::vector<std::int64_t>>()),
        right_(tree.at("right_children").get<std::vector<std::int64_t>>()),
        feature_(tree.at("split_indices").get<std::vector<std::size_t>>()),
        condition_(tree.at("split_conditions").get<std::vector<float>>()),
        default_left_(tree.at("default_left").get<std::vector<int>>()),
        hessian_(tree.at("sum_hessian").get<std::vector<float>>()),
        split_type_(tree.at("split_type").get<std::vector<int>>()),
        set_nodes_(tree.at("categories_nodes").get<std::vector<std::int64_t>>()),
        set_begins_(tree.at("categories_segments").get<std::vector<std::size_t>>()),
        set_sizes_(tree.at("categories_sizes").get<std::vector<std::size_t>>()),
        set_codes_(tree.at("categories").get<std::vector<std::uint32_t>>()),
        category_counts_(category_counts) {}

  ForeignNode node(std::int64_t number, Ensemble& ensemble) const {
    const auto at = static_cast<std::size_t>(number);
    Node node;
    node.cover = hessian_.at(at);
    node.value = condition_.at(at);
    if (left_.at(at) < 0) return {node};
    node.feature = static_cast<std::int32_t>(feature_.at(at));
    node.missing_left = default_left_.at(at) != 0;
    if (split_type_.at(at) == kCategorical) {
      split_by_set(ensemble, node, codes_left(number, category_counts_.at(feature_[at])));
    } else {
      node.value = std::nextafter(node.value, -std::numeric_limits<float>::infinity());
    }
    return {node, left_[at], right_.at(at)};
  }

  float root_hessian() const { return hessian_.at(0); }

 private:
  static constexpr int kCategorical = 1;

  /// The file names the codes that go right.
  std::vector<std::uint32_t> codes_left(std::int64_t number, std::uint32_t count) const {
    const auto found = std::lower_bound(set_nodes_.begin(), set_nodes_.end(), number);
    const auto set = static_cast<std::size_t>(found - set_nodes_.begin());
    std::vector<bool> right(count, false);
    for (std::size_t i = 0; i < set_sizes_.at(set); ++i) {
      right.at(set_codes_.at(set_begins_.at(set) + i)) = true;
    }
    std::vector<std::uint32_t> left;
    for (std::uint32_t code = 0; code < count; ++code) {
      if (!right[code]) left.push_back(code);
    }
    return left;
  }

  std::vector<std::int64_t> left_, right_;
  std::vector<std::size_t> feature_;
  std::vector<float> condition_;
  std::vector<int> default_left_;
  std::vector<float> hessian_;
  std::vector<int> split_type_;
  std::vector<std::int64_t> set_nodes_;
  std::vector<std::size_t> set_begins_, set_sizes_;
  std::vector<std::uint32_t> set_codes_;
  const std::vector<std::uint32_t>& category_counts_;
};

/// "[6.790647E-2]", a probability -> log-odds, computed in float32 as the library does.
float intercept_of(const json& learner) {
  const std::string text = learner.at("learner_model_param").at("base_score").get<std::string>();
  const auto probability = parse_double(text.substr(1, text.size() - 2));
  if (!probability) throw std::invalid_argument(text);
  const auto p = static_cast<float>(*probability);
  return -std::log(1.0F / p - 1.0F);
}

Ensemble read_learner(const json& learner, const std::vector<std::uint32_t>& category_counts) {
  const json& trees = learner.at("gradient_booster").at("model").at("trees");
  Ensemble ensemble;
  ensemble.aggregation = Ensemble::Aggregation::sum;
  for (const json& each : trees) {
    const SavedTree tree(each, category_counts);
    if (ensemble.roots.empty()) {
      append_constant(ensemble, intercept_of(learner), tree.root_hessian());
    }
    append_foreign_tree(ensemble, 0, [&](std::int64_t n) { return tree.node(n, ensemble); });
  }
  return ensemble;
}

}  // namespace

Ensemble read_xgboost_model(std::string_view ubjson,
                            const std::vector<std::uint32_t>& category_counts) {
  try {
    return read_learner(json::from_ubjson(ubjson).at("learner"), category_counts);
  } catch (const std::exception& error) {
    throw Error(ErrorKind::external,
                std::string("XGBoost saved a model in a form that rarewood does not read (") +
                    error.what() + "). Install the packages of requirements.txt.");
  }
}

}  // namespace rarewood

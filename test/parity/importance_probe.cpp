// Reads trees as JSON from stdin and prints the importance of each feature, so that the parity
// test can hold it against scikit-learn's for the same trees.

#include <iostream>
#include <string>

#include <nlohmann/json.hpp>

#include "rarewood/explain/importance.hpp"

namespace rarewood {
namespace {

/// {"features": n, "trees": [[{"feature", "value", "left", "right", "cover"}, ...], ...]}
Ensemble read_trees(const nlohmann::json& in) {
  Ensemble ensemble;
  for (const auto& tree : in.at("trees")) {
    const auto root = static_cast<std::uint32_t>(ensemble.nodes.size());
    ensemble.roots.push_back(root);
    for (const auto& each : tree) {
      Node node;
      node.cover = each.at("cover");
      node.feature = each.at("feature");
      node.value = each.at("value");
      if (!node.is_leaf()) {
        node.left = root + each.at("left").get<std::uint32_t>();
        node.right = root + each.at("right").get<std::uint32_t>();
      }
      ensemble.nodes.push_back(node);
    }
  }
  return ensemble;
}

}  // namespace
}  // namespace rarewood

int main() {
  using namespace rarewood;
  const nlohmann::json in = nlohmann::json::parse(std::cin);
  FeatureSchema schema;
  for (int f = 0; f < in.at("features").get<int>(); ++f) {
    schema.features.push_back({std::to_string(f), FeatureKind::number, {}});
  }
  nlohmann::json out;
  for (const FeatureImportance& each : impurity_importance(read_trees(in), schema)) {
    out[each.feature] = each.importance;
  }
  std::cout << out << '\n';
  return 0;
}

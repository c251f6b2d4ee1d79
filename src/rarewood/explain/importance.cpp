#include "rarewood/explain/importance.hpp"

#include <algorithm>
#include <numeric>
#include <span>
#include <utility>

namespace rarewood {
namespace {

void divide_by_sum(std::vector<double>& values) {
  const double sum = std::accumulate(values.begin(), values.end(), 0.0);
  if (sum <= 0) return;
  for (double& value : values) value /= sum;
}

/// Decrease by feature. A node's answer is the mean of its
/// children's, so one walk from the last node, a leaf, to the root finds them all.
/// \param first  index of nodes[0] in the ensemble
std::vector<double> tree_importance(std::span<const Node> nodes, std::uint32_t first,
                                    std::size_t features) {
  std::vector<double> decrease(features);
  std::vector<double> cover(nodes.size());
  std::vector<double> answer(nodes.size());  // probability of the positive class, or log-odds
  for (std::size_t i = nodes.size(); i-- > 0;) {
    const Node& node = nodes[i];
    if (node.is_leaf()) {
      cover[i] = static_cast<double>(node.cover);
      answer[i] = static_cast<double>(node.value);
      continue;
    }
    const std::size_t left = node.left - first;
    const std::size_t right = node.right - first;
    cover[i] = cover[left] + cover[right];
    if (cover[i] <= 0) continue;
    answer[i] = (cover[left] * answer[left] + cover[right] * answer[right]) / cover[i];
    // cover * gini of the parent, less both children's; gini = 2 p (1 - p).
    const double apart = answer[left] - answer[right];
    decrease[static_cast<std::size_t>(node.feature)] +=
        2 * cover[left] * cover[right] / cover[i] * apart * apart;
  }
  return decrease;
}

/// \param total  [features]
std::vector<FeatureImportance> shares_in_order(std::vector<double> total,
                                               const FeatureSchema& schema) {
  divide_by_sum(total);
  std::vector<std::size_t> order(total.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return total[a] != total[b] ? total[a] > total[b] : a < b;
  });
  std::vector<FeatureImportance> importance;
  for (const std::size_t f : order) importance.push_back({schema.features[f].name, total[f]});
  return importance;
}

}  // namespace

std::vector<FeatureImportance> impurity_importance(const Ensemble& ensemble,
                                                   const FeatureSchema& schema) {
  const bool averages = ensemble.aggregation == Ensemble::Aggregation::average;
  std::vector<double> total(schema.features.size());
  for (std::size_t t = 0; t < ensemble.trees(); ++t) {
    const std::uint32_t first = ensemble.roots[t];
    const std::size_t end =
        t + 1 < ensemble.trees() ? ensemble.roots[t + 1] : ensemble.nodes.size();
    std::vector<double> one =
        tree_importance({ensemble.nodes.data() + first, end - first}, first, total.size());
    if (averages) divide_by_sum(one);
    for (std::size_t f = 0; f < total.size(); ++f) total[f] += one[f];
  }
  return shares_in_order(std::move(total), schema);
}

std::vector<FeatureImportance> term_importance(const LinearModel& model,
                                               const FeatureSchema& schema) {
  std::vector<double> deviations;
  for (const LinearTerm& term : model.terms) deviations.push_back(term.deviation);
  return shares_in_order(std::move(deviations), schema);
}

std::vector<FeatureImportance> feature_importance(const Predictor& predictor,
                                                  const FeatureSchema& schema) {
  if (const auto* linear = std::get_if<LinearModel>(&predictor)) {
    return term_importance(*linear, schema);
  }
  return impurity_importance(std::get<Ensemble>(predictor), schema);
}

std::string importance_measure(const Predictor& predictor) {
  const auto* trees = std::get_if<Ensemble>(&predictor);
  if (trees == nullptr) return "share of the spread of the log-odds' terms";
  const bool averages = trees->aggregation == Ensemble::Aggregation::average;
  return averages ? "share of impurity decrease" : "share of the total gain";
}

}  // namespace rarewood

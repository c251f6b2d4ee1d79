#include "rarewood/learn/forest/forest.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "rarewood/base/parallel.hpp"
#include "rarewood/learn/forest/class_weight.hpp"
#include "rarewood/learn/forest/forest_rules.hpp"

namespace rarewood {
namespace {

void append_tree(const GrownTree& tree, Ensemble& to) {
  const auto nodes_before = static_cast<std::uint32_t>(to.nodes.size());
  const auto sets_before = static_cast<std::int32_t>(to.category_sets.size());
  to.roots.push_back(nodes_before);
  for (Node node : tree.nodes) {
    if (!node.is_leaf()) {
      node.left += nodes_before;
      node.right += nodes_before;
      if (node.category_set != Node::kOrdered) node.category_set += sets_before;
    }
    to.nodes.push_back(node);
  }
  to.category_sets.insert(to.category_sets.end(), tree.category_sets.begin(),
                          tree.category_sets.end());
}

void weigh_by_bag(const std::vector<BagItem>& bag, SplitRules& rules) {
  ClassTotals totals;
  for (const BagItem& item : bag) {
    totals.n0 += item.n0();
    totals.n1 += item.n1();
  }
  const std::array<double, 2> weights = balanced_weights(totals);
  std::copy(weights.begin(), weights.end(), rules.class_weight);
}

/// At most two nodes for each pattern in a bag, and what depth and leaves allow; all trees are held
/// twice when they are put together.
std::uint64_t trees_memory(const ForestRules& rules, const FitPart& part) {
  std::uint64_t nodes = 2 * part.counts().size();
  if (rules.tree.max_depth < 32) {
    nodes = std::min<std::uint64_t>(nodes, std::uint64_t{2} << rules.tree.max_depth);
  }
  if (rules.tree.max_leaf_nodes > 0) {
    nodes = std::min(nodes, std::uint64_t{2} * rules.tree.max_leaf_nodes);
  }
  return 2 * nodes * rules.trees * sizeof(Node);
}

void warn_of_rounding(const FitPart& part, const std::vector<std::uint64_t>& ticks,
                      const FitRequest& request) {
  constexpr double kBearable = 0.01;
  const double rounding = largest_rounding(part, ticks);
  if (rounding <= kBearable || !request.warn) return;
  request.warn("Row weights lie so far apart that the smallest are rounded by up to " +
               fixed(100 * rounding, 0) +
               " % in the trees' sums. Let them act on the bootstrap draw, where they are not, or "
               "bring them nearer to each other.");
}

class Forest : public Learner {
 public:
  explicit Forest(ForestOptions options) : options_(std::move(options)) {}
  Predictor fit(const FitPart& part, const FitRequest& request,
                const Control& control) const override {
    return fit_forest(part, options_, request, control);
  }
  ScoreList out_of_bag(const FitPart& part, const FitRequest& request, const Predictor& predictor,
                       const Control& control) const override {
    if (!options_.oob_score) return {};
    return out_of_bag_scores(part, options_, request, std::get<Ensemble>(predictor), control);
  }

 private:
  ForestOptions options_;
};

}  // namespace

Ensemble fit_forest(const FitPart& part, const ForestOptions& options, const FitRequest& request,
                    const Control& control) {
  const ForestRules rules = forest_rules(options, part, request);
  check_memory(control, "fit", trees_memory(rules, part));
  const BinnedPatterns binned = bin_patterns(part, control);
  warn_of_rounding(part, rules.bag.ticks, request);
  std::optional<Bootstrap> bootstrap;
  if (options.bootstrap) bootstrap.emplace(part, rules.bag);
  std::vector<GrownTree> grown(rules.trees);
  const auto grow_one = [&](std::size_t t) {
    std::vector<BagItem> bag =
        bootstrap ? bootstrap->draw(bag_stream(request, t)) : whole_bag(part, rules.bag.ticks);
    TreeRules tree = rules.tree;
    if (rules.weigh_by_bag) weigh_by_bag(bag, tree.split);
    grown[t] = grow_tree(binned, bag, tree, Random(request.seed, "tree", t).bits());
  };
  parallel_for(control, rules.trees, grow_one, "fit");
  Ensemble ensemble;
  for (const GrownTree& tree : grown) append_tree(tree, ensemble);
  return ensemble;
}

std::unique_ptr<Learner> make_forest(const RawOptions& raw) {
  return std::make_unique<Forest>(read_forest_options(raw));
}

}  // namespace rarewood

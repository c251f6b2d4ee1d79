#include "rarewood/learn/forest/forest.hpp"

#include <algorithm>
#include <cmath>

#include "rarewood/base/parallel.hpp"
#include "rarewood/learn/forest/bootstrap.hpp"
#include "rarewood/learn/forest/grow_tree.hpp"

namespace rarewood {
namespace {

/// \throws Error(usage) on a word that is neither a rule nor a number
std::uint32_t features_per_node(const std::string& text, std::size_t features) {
  const double all = static_cast<double>(features);
  double wanted = 0;
  if (text == "sqrt") {
    wanted = std::sqrt(all);
  } else if (text == "log2") {
    wanted = std::log2(all);
  } else if (text == "all") {
    wanted = all;
  } else {
    const auto number = parse_double(text);
    if (!number || *number <= 0) {
      throw Error(ErrorKind::usage,
                  "--max-features must be sqrt, log2, all, a count of features or "
                  "a share below 1, not '" +
                      text + "'.");
    }
    wanted = *number < 1 ? *number * all : *number;
  }
  return static_cast<std::uint32_t>(std::clamp(std::floor(wanted), 1.0, all));
}

struct ClassWeights {
  double weight[2] = {1, 1};
};

/// scikit-learn's "balanced": rows / (classes * rows of the class).
ClassWeights class_weights(ClassWeight kind, const ClassTotals& totals) {
  if (kind == ClassWeight::none) return {};
  const double rows = static_cast<double>(totals.rows());
  return {{rows / (2.0 * static_cast<double>(totals.n0)),
           rows / (2.0 * static_cast<double>(totals.n1))}};
}

double draw_share(const ForestOptions& options, const ClassTotals& totals) {
  const bool weighted_draw = options.class_weight_as == WeightMeaning::draw;
  const ClassWeights weights =
      class_weights(weighted_draw ? options.class_weight : ClassWeight::none, totals);
  const double w0 = weights.weight[0] * static_cast<double>(totals.n0);
  const double w1 = weights.weight[1] * static_cast<double>(totals.n1);
  return w1 / (w0 + w1);
}

TreeRules tree_rules(const ForestOptions& options, const FitPart& part, std::size_t trees) {
  // Without a bootstrap there is no draw for the weights to act on: they act on the splits.
  const bool weighted_splits =
      !options.bootstrap || options.class_weight_as == WeightMeaning::split;
  const ClassWeights weights =
      class_weights(weighted_splits ? options.class_weight : ClassWeight::none, part.totals());
  TreeRules rules;
  std::copy_n(weights.weight, 2, rules.split.class_weight);
  rules.split.min_samples_leaf = static_cast<std::uint32_t>(options.min_samples_leaf);
  if (options.max_depth) rules.max_depth = static_cast<std::uint32_t>(*options.max_depth);
  rules.min_samples_split = static_cast<std::uint32_t>(options.min_samples_split);
  rules.max_features = features_per_node(options.max_features, part.patterns().features());
  rules.leaf_quantum = leaf_quantum(trees);
  return rules;
}

/// How far distinct rows must be counted for the minimum-size rules; 0 where none can bind.
std::uint32_t largest_row_rule(const TreeRules& rules) {
  const bool binds = rules.min_samples_split > 2 || rules.split.min_samples_leaf > 1;
  return binds ? std::max(rules.min_samples_split, rules.split.min_samples_leaf) : 0;
}

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

void check_part(const FitPart& part) {
  const ClassTotals totals = part.totals();
  if (totals.n0 == 0 || totals.n1 == 0) {
    throw Error(ErrorKind::data, "All rows to learn from are of one class; a forest needs both.");
  }
  if (totals.rows() > 0xFFFFFFFF) {
    throw Error(ErrorKind::data, "The forest takes up to 4,294,967,295 rows, this part has " +
                                     thousands(totals.rows()) + ". Train on a sample of them.");
  }
}

class Forest : public Learner {
 public:
  explicit Forest(ForestOptions options) : options_(std::move(options)) {}
  Ensemble fit(const FitPart& part, const FitRequest& request,
               const Control& control) const override {
    return fit_forest(part, options_, request, control);
  }

 private:
  ForestOptions options_;
};

}  // namespace

const OptionTable<ForestOptions>& forest_options() {
  static const OptionTable<ForestOptions> table = [] {
    OptionTable<ForestOptions> t("forest");
    t.add(&ForestOptions::n_estimators, "n_estimators", "number of trees", Range{1, 10000})
        .tuning(50, 500);
    t.add(&ForestOptions::max_depth, "max_depth", "deepest level of a tree, or none for no limit",
          Range{1, 1000})
        .tuning(4, 20);
    t.add(&ForestOptions::min_samples_split, "min_samples_split",
          "rows a node needs to be split further", Range{2, 1e9})
        .tuning(2, 50);
    t.add(&ForestOptions::min_samples_leaf, "min_samples_leaf", "rows each leaf must keep",
          Range{1, 1e9})
        .tuning(1, 50);
    t.add(&ForestOptions::max_features, "max_features",
          "features looked at per node: sqrt, log2, all, a count, or a share below 1");
    t.add(&ForestOptions::bootstrap, "bootstrap",
          "give each tree a draw with replacement instead of all rows");
    t.choice(&ForestOptions::class_weight, "class_weight",
             "balanced makes both classes weigh the same",
             {{"none", ClassWeight::none}, {"balanced", ClassWeight::balanced}});
    t.choice(
        &ForestOptions::class_weight_as, "class_weight_as",
        "weights act on the bootstrap draw (scikit-learn 1.9 and later) or on splits and leaves",
        {{"draw", WeightMeaning::draw}, {"split", WeightMeaning::split}});
    return t;
  }();
  return table;
}

Ensemble fit_forest(const FitPart& part, const ForestOptions& options, const FitRequest& request,
                    const Control& control) {
  check_part(part);
  int wanted = options.n_estimators;
  if (request.max_members > 0) wanted = std::min(wanted, request.max_members);
  const auto trees = static_cast<std::size_t>(wanted);
  const TreeRules rules = tree_rules(options, part, trees);
  const BinnedPatterns binned = bin_patterns(part, control);
  const Bootstrap bootstrap(part, draw_share(options, part.totals()), largest_row_rule(rules));
  std::vector<GrownTree> grown(trees);
  const auto grow_one = [&](std::size_t t) {
    std::vector<BagItem> bag =
        options.bootstrap ? bootstrap.draw(Random(request.seed, "bootstrap", t)) : whole_bag(part);
    grown[t] = grow_tree(binned, bag, rules, Random(request.seed, "tree", t).bits());
  };
  parallel_for(control, trees, grow_one, "fit");
  Ensemble ensemble;
  for (const GrownTree& tree : grown) append_tree(tree, ensemble);
  return ensemble;
}

std::unique_ptr<Learner> make_forest(const RawOptions& raw) {
  return std::make_unique<Forest>(forest_options().make(raw));
}

}  // namespace rarewood

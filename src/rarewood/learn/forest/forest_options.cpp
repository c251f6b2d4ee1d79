#include "rarewood/learn/forest/class_weight.hpp"
#include "rarewood/learn/forest/forest.hpp"
#include "rarewood/learn/forest/forest_rules.hpp"

namespace rarewood {
namespace {

using Table = OptionTable<ForestOptions>;

void add_tree_options(Table& t) {
  t.add(&ForestOptions::n_estimators, "n_estimators", "number of trees", Range{1, 10000});
  t.choice(&ForestOptions::criterion, "criterion", "impurity that splits reduce",
           {{"gini", Criterion::gini},
            {"entropy", Criterion::entropy},
            {"log_loss", Criterion::entropy}});
  t.choice(&ForestOptions::splitter, "splitter",
           "take the best cut of a feature, or one at random (extremely randomised trees)",
           {{"best", Splitter::best}, {"random", Splitter::random}});
  t.add(&ForestOptions::max_depth, "max_depth", "deepest level of a tree, or none for no limit",
        Range{1, 1000});
  t.add(&ForestOptions::max_leaf_nodes, "max_leaf_nodes",
        "leaves of a tree, the best split first, or none for no limit", Range{2, 1e9});
  t.add(&ForestOptions::min_samples_split, "min_samples_split",
        "rows a node needs to be split further", Range{2, 1e9});
  t.add(&ForestOptions::min_samples_leaf, "min_samples_leaf", "rows each leaf must keep",
        Range{1, 1e9});
  t.add(&ForestOptions::min_impurity_decrease, "min_impurity_decrease",
        "impurity a split must take away, times the node's share of the rows", Range{0, 1});
  t.add(&ForestOptions::max_features, "max_features",
        "features looked at per node: sqrt, log2, all, a count, or a share below 1");
  t.add(&ForestOptions::monotonic_cst, "monotonic_cst",
        "numbers with which the rate may only grow or only fall, such as depth:1,price:-1");
}

void add_bag_options(Table& t) {
  t.add(&ForestOptions::bootstrap, "bootstrap",
        "give each tree a draw with replacement instead of all rows");
  t.add(&ForestOptions::max_samples, "max_samples",
        "rows each tree draws: a count, a share such as 0.5, or none for as many as there are");
  t.add(&ForestOptions::bag_sampling_strategy, "bag_sampling_strategy",
        "balanced bagging: minority rows per majority row in each tree's draw, or none",
        Range{.lowest = 0, .highest = 1, .lowest_excluded = true});
  t.add(&ForestOptions::class_weight, "class_weight",
        "none, balanced (both classes weigh the same), balanced_subsample (in each tree's draw) or "
        "weights such as 0:1,1:5, 1 being the positive class");
  t.choice(&ForestOptions::class_weight_as, "class_weight_as",
           "weights act on the bootstrap draw (scikit-learn 1.9 and later) or on splits and leaves",
           {{"draw", WeightMeaning::draw}, {"split", WeightMeaning::split}});
  t.add(&ForestOptions::oob_score, "oob_score",
        "also judge each training row by the trees that did not draw it");
}

void refuse_if(bool contradiction, const std::string& sentence) {
  if (contradiction) throw Error(ErrorKind::usage, sentence);
}

}  // namespace

const OptionTable<ForestOptions>& forest_options() {
  static const Table table = [] {
    Table t("forest");
    add_tree_options(t);
    add_bag_options(t);
    return t;
  }();
  return table;
}

ForestOptions read_forest_options(const RawOptions& raw) {
  ForestOptions options = forest_options().make(raw);
  const bool draws = options.max_samples != "none";
  const bool weighs = parse_class_weight(options.class_weight).kind != ClassWeight::Kind::none;
  const bool balanced_bag = options.bag_sampling_strategy.has_value();
  count_of_features(options.max_features, 1);
  rows_to_draw(options.max_samples, 1);
  directions_by_name(options.monotonic_cst);
  refuse_if(
      options.oob_score && !options.bootstrap,
      "--oob-score needs rows that a tree did not draw and --no-bootstrap leaves none. Drop one "
      "of them.");
  refuse_if(draws && !options.bootstrap,
            "--max-samples is of the bootstrap draw and --no-bootstrap leaves that out. Drop one "
            "of them.");
  refuse_if(balanced_bag && !options.bootstrap,
            "--bag-sampling-strategy is of the bootstrap draw and --no-bootstrap leaves that out. "
            "Drop one of them.");
  refuse_if(balanced_bag && draws,
            "--bag-sampling-strategy and --max-samples both say how many rows a tree draws. Drop "
            "one of them.");
  refuse_if(balanced_bag && weighs,
            "--bag-sampling-strategy and --class-weight both balance the classes. Drop one of "
            "them.");
  return options;
}

}  // namespace rarewood

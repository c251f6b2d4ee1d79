#include "rarewood/learn/forest/grow_tree.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "rarewood/base/random.hpp"

namespace rarewood {
namespace {

/// A node still to be split: a range of the bag.
struct Pending {
  std::uint32_t node = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::uint32_t depth = 0;
  std::uint64_t key = 0;  ///< of the node's random numbers: they depend on its path alone
  /// Bit f: feature f (< 64) was found constant in a node above, so it is here. Not looked at
  /// again.
  std::uint64_t constant = 0;
  NodeSums sums;
};

class TreeGrower {
 public:
  TreeGrower(const BinnedPatterns& binned, std::vector<BagItem>& bag, const TreeRules& rules,
             std::uint64_t key)
      : binned_(binned),
        bag_(bag),
        rules_(rules),
        key_(key),
        search_(binned, rules.split),
        features_(binned.features.size()),
        right_items_(bag.size()) {
    std::iota(features_.begin(), features_.end(), 0U);
  }

  GrownTree grow() {
    NodeSums all;
    for (const BagItem& item : bag_) all.add({item.weight, item.rows});
    std::vector<Pending> pending{{add_node(all), 0, bag_.size(), 0, key_, 0, all}};
    while (!pending.empty()) {
      Pending at = pending.back();
      pending.pop_back();
      SplitChoice choice;
      if (!may_split(at) || !find_split(at, choice)) continue;
      const auto [left, right] = split(at, choice);
      pending.push_back(right);
      pending.push_back(left);
    }
    return std::move(tree_);
  }

 private:
  std::uint32_t add_node(const NodeSums& sums) {
    const double w0 = sums.n0() * rules_.split.class_weight[0];
    const double w1 = sums.n1() * rules_.split.class_weight[1];
    const double share = w1 / (w0 + w1);
    const double steps = std::round(share / static_cast<double>(rules_.leaf_quantum));
    Node node;
    node.value = static_cast<float>(steps) * rules_.leaf_quantum;
    node.cover = static_cast<float>(w0 + w1);
    tree_.nodes.push_back(node);
    return static_cast<std::uint32_t>(tree_.nodes.size() - 1);
  }

  bool may_split(const Pending& at) const {
    return !at.sums.pure() && at.depth < rules_.max_depth && at.end - at.begin > 1 &&
           (rules_.min_samples_split <= 2 || at.sums.rows >= rules_.min_samples_split);
  }

  bool find_split(Pending& at, SplitChoice& choice) {
    const std::span<const BagItem> items(bag_.data() + at.begin, at.end - at.begin);
    KeyedDraws draws(at.key);
    picks_.clear();
    bool any_varies = false;
    for (std::size_t visited = 0; visited < features_.size(); ++visited) {
      if (visited >= rules_.max_features && any_varies) break;
      picks_.push_back(visited + draws.below(features_.size() - visited));
      std::swap(features_[visited], features_[picks_.back()]);
      const std::uint32_t feature = features_[visited];
      const std::uint64_t bit = feature < 64 ? std::uint64_t{1} << feature : 0;
      if ((at.constant & bit) != 0) continue;
      const bool varies = search_.consider(items, at.sums, feature, choice);
      any_varies |= varies;
      if (!varies) at.constant |= bit;
    }
    // Undone, so that no node's draw depends on the nodes before it.
    for (std::size_t i = picks_.size(); i > 0; --i) {
      std::swap(features_[i - 1], features_[picks_[i - 1]]);
    }
    return choice.score >= 0;
  }

  /// Left items keep their places and order, right items move behind them in order.
  std::size_t partition(const Pending& at, const SplitChoice& choice, NodeSums& left_sums) {
    const FeatureBins& bins = binned_.features[choice.feature];
    if (!bins.ordered) {
      goes_left_.assign(std::size_t{bins.bins} + 1, 0);
      for (const std::uint16_t code : choice.left_codes) goes_left_[code] = 1;
      goes_left_[bins.bins] = choice.missing_left ? 1 : 0;
    }
    const std::uint16_t* codes = binned_.column(choice.feature);
    std::size_t left = at.begin;
    std::size_t right = 0;
    for (std::size_t i = at.begin; i < at.end; ++i) {
      const BagItem item = bag_[i];
      const std::uint16_t code = codes[item.pattern];
      const bool to_left = !bins.ordered       ? goes_left_[code] != 0
                           : code == bins.bins ? choice.missing_left
                                               : code <= choice.left_bin;
      // Written to both sides, kept on one: no branch to mispredict on every other item.
      bag_[left] = item;
      right_items_[right] = item;
      left += to_left ? 1 : 0;
      right += to_left ? 0 : 1;
      const std::uint64_t mask = to_left ? ~std::uint64_t{0} : 0;
      left_sums.add({item.weight & mask, item.rows & mask});
    }
    std::copy_n(right_items_.begin(), right, bag_.begin() + static_cast<std::ptrdiff_t>(left));
    return left;
  }

  std::pair<Pending, Pending> split(const Pending& at, const SplitChoice& choice) {
    NodeSums left_sums;
    const std::size_t middle = partition(at, choice, left_sums);
    const NodeSums right_sums{at.sums.weight - left_sums.weight, at.sums.rows - left_sums.rows};
    const std::uint32_t left = add_node(left_sums);
    const std::uint32_t right = add_node(right_sums);
    Node& node = tree_.nodes[at.node];
    node.feature = static_cast<std::int32_t>(choice.feature);
    node.left = left;
    node.right = right;
    node.missing_left = missing_goes_left(choice, left_sums, right_sums);
    if (binned_.features[choice.feature].ordered) {
      node.value = threshold(choice);
    } else {
      node.value = 0;
      node.category_set = static_cast<std::int32_t>(tree_.category_sets.size());
      tree_.category_sets.emplace_back(choice.left_codes.begin(), choice.left_codes.end());
    }
    KeyedDraws keys(~at.key);
    const std::uint64_t left_key = keys.bits();
    return {{left, at.begin, middle, at.depth + 1, left_key, at.constant, left_sums},
            {right, middle, at.end, at.depth + 1, keys.bits(), at.constant, right_sums}};
  }

  /// Where no missing value was seen, one met later joins the larger child.
  static bool missing_goes_left(const SplitChoice& choice, const NodeSums& left,
                                const NodeSums& right) {
    if (choice.missing_seen) return choice.missing_left;
    return std::uint64_t{left.n0()} + left.n1() >= std::uint64_t{right.n0()} + right.n1();
  }

  /// The middle of the empty stretch between the children; x <= threshold goes left.
  float threshold(const SplitChoice& choice) const {
    const FeatureBins& bins = binned_.features[choice.feature];
    // Every value goes left, only missing ones right: also a larger value, met later.
    if (choice.right_bin == bins.bins) return std::numeric_limits<float>::max();
    const float low = bins.highest[choice.left_bin];
    const float high = bins.lowest[choice.right_bin];
    const float middle = low / 2 + high / 2;
    return middle >= low && middle < high ? middle : low;
  }

  const BinnedPatterns& binned_;
  std::vector<BagItem>& bag_;
  const TreeRules& rules_;
  std::uint64_t key_;
  SplitSearch search_;
  std::vector<std::uint32_t> features_;
  std::vector<std::size_t> picks_;
  std::vector<BagItem> right_items_;
  std::vector<std::uint8_t> goes_left_;
  GrownTree tree_;
};

}  // namespace

GrownTree grow_tree(const BinnedPatterns& binned, std::vector<BagItem>& bag, const TreeRules& rules,
                    std::uint64_t key) {
  return TreeGrower(binned, bag, rules, key).grow();
}

}  // namespace rarewood

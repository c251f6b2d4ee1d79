#include "rarewood/learn/forest/grow_tree.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "rarewood/base/random.hpp"
#include "rarewood/learn/forest/feature_picker.hpp"

namespace rarewood {
namespace {

/// A node with its best split, not yet made: a range of the bag.
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
  double lower = 0;  ///< what monotone splits above allow for the rates below
  double upper = 1;
  SplitChoice choice = {};
  double gain = 0;  ///< impurity times mass that the split takes away
};

class TreeGrower {
 public:
  TreeGrower(const BinnedPatterns& binned, std::vector<BagItem>& bag, const TreeRules& rules)
      : binned_(binned),
        bag_(bag),
        rules_(rules),
        search_(binned, rules.split),
        picker_(binned.features.size()),
        right_items_(bag.size()) {}

  GrownTree grow(std::uint64_t key) {
    Pending root;
    root.end = bag_.size();
    root.key = key;
    for (const BagItem& item : bag_) root.sums += {item.weight, item.rows};
    bag_mass_ = rules_.split.mass(root.sums).total();
    root.node = add_node(root);
    add_pending(std::move(root));
    while (!pending_.empty()) split(next_pending());
    return std::move(tree_);
  }

 private:
  std::uint32_t add_node(const Pending& at) {
    const ClassMass mass = rules_.split.mass(at.sums);
    const double share = std::clamp(mass.share1(), at.lower, at.upper);
    const double steps = std::round(share / static_cast<double>(rules_.leaf_quantum));
    Node node;
    node.value = static_cast<float>(steps) * rules_.leaf_quantum;
    node.cover = static_cast<float>(mass.total());
    tree_.nodes.push_back(node);
    return static_cast<std::uint32_t>(tree_.nodes.size() - 1);
  }

  /// Keep a node for later if it is to be split; otherwise it stays a leaf.
  void add_pending(Pending&& at) {
    if (!may_split(at)) return;
    find_split(at);
    if (!at.choice.found() || !gains_enough(at)) return;
    pending_.push_back(std::move(at));
    if (best_first()) std::push_heap(pending_.begin(), pending_.end(), less_urgent);
  }

  Pending next_pending() {
    if (best_first()) std::pop_heap(pending_.begin(), pending_.end(), less_urgent);
    Pending at = std::move(pending_.back());
    pending_.pop_back();
    return at;
  }

  bool best_first() const { return rules_.max_leaf_nodes > 0; }

  static bool less_urgent(const Pending& a, const Pending& b) {
    return a.gain != b.gain ? a.gain < b.gain : a.node > b.node;
  }

  bool may_split(const Pending& at) const {
    return !at.sums.pure() && at.depth < rules_.max_depth && at.end - at.begin > 1 &&
           (rules_.min_samples_split <= 2 || at.sums.rows >= rules_.min_samples_split);
  }

  bool gains_enough(Pending& at) const {
    if (!best_first() && rules_.min_impurity_decrease <= 0) return true;
    const ClassMass mass = rules_.split.mass(at.sums);
    const bool gini = rules_.split.criterion == Criterion::gini;
    at.gain = (gini ? Gini::of(mass) : Entropy::of(mass)) - at.choice.cost;
    constexpr double kRounding = 1e-12;  // of a gain that is exactly the least one asked for
    return at.gain / bag_mass_ + kRounding >= rules_.min_impurity_decrease;
  }

  void find_split(Pending& at) {
    const NodeView node{{bag_.data() + at.begin, at.end - at.begin}, at.sums, at.lower, at.upper};
    KeyedDraws random(at.key);
    bool any_varies = false;
    while (picker_.any_left() && (picker_.picked() < rules_.max_features || !any_varies)) {
      std::array<std::uint32_t, Gatherer::kAtOnce> picked{};
      const std::size_t count = pick_together(at, random, picked);
      if (count == 0) continue;
      const unsigned constant = search_.consider(node, {picked.data(), count}, random, at.choice);
      any_varies |= constant + 1U != 1U << count;
      for (std::size_t i = 0; i < count; ++i) {
        if ((constant >> i & 1U) != 0) at.constant |= bit_of(picked[i]);
      }
    }
    picker_.put_back();
  }

  /// Pick features to be looked at in one pass: as many as the node still wants, but one by one
  /// once only a feature that varies is wanting. Those known to be constant count as looked at.
  std::size_t pick_together(const Pending& at, KeyedDraws& random,
                            std::array<std::uint32_t, Gatherer::kAtOnce>& picked) {
    std::size_t count = 0;
    do {
      const std::uint32_t feature = picker_.pick(random);
      if ((at.constant & bit_of(feature)) == 0) picked[count++] = feature;
    } while (count < picked.size() && picker_.picked() < rules_.max_features);
    return count;
  }

  static std::uint64_t bit_of(std::uint32_t feature) {
    return feature < 64 ? std::uint64_t{1} << feature : 0;
  }

  void split(const Pending& at) {
    const SplitChoice& choice = at.choice;
    Pending left;
    left.depth = at.depth + 1;
    left.constant = at.constant;
    left.lower = at.lower;
    left.upper = at.upper;
    Pending right = left;
    left.begin = at.begin;
    right.end = at.end;
    left.end = right.begin = partition(at, left.sums);
    right.sums = at.sums - left.sums;
    KeyedDraws keys(~at.key);
    left.key = keys.bits();
    right.key = keys.bits();
    bound(choice.feature, left, right);
    left.node = add_node(left);
    right.node = add_node(right);
    Node& node = tree_.nodes[at.node];
    node.feature = static_cast<std::int32_t>(choice.feature);
    node.left = left.node;
    node.right = right.node;
    const bool ordered = binned_.features[choice.feature].ordered;
    // Where no missing value was seen, one met later joins the heavier child. Of a category that is
    // the right one, for levels not seen here as well.
    node.missing_left = choice.missing_seen ? choice.missing_left
                                            : ordered && tree_.nodes[left.node].cover >=
                                                             tree_.nodes[right.node].cover;
    if (ordered) {
      node.value = search_.threshold(choice);
    } else {
      node.value = 0;
      node.category_set = static_cast<std::int32_t>(tree_.category_sets.size());
      tree_.category_sets.emplace_back(choice.left_codes.begin(), choice.left_codes.end());
    }
    ++leaves_;
    if (best_first() && leaves_ >= rules_.max_leaf_nodes) return pending_.clear();
    add_pending(std::move(right));
    add_pending(std::move(left));
  }

  /// A monotone split parts the rates below it at the middle of its children's.
  void bound(std::uint32_t feature, Pending& left, Pending& right) const {
    const int direction = rules_.split.direction(feature);
    if (direction == 0) return;
    const double middle =
        (rules_.split.mass(left.sums).share1() + rules_.split.mass(right.sums).share1()) / 2;
    (direction > 0 ? left : right).upper = middle;
    (direction > 0 ? right : left).lower = middle;
  }

  /// \return where the right child's items begin
  std::size_t partition(const Pending& at, NodeSums& left) {
    const SplitChoice& choice = at.choice;
    const FeatureBins& bins = binned_.features[choice.feature];
    const unsigned missing = bins.at(choice.grain).count;
    if (!bins.ordered) {
      goes_left_.assign(missing + 1, 0);
      for (const std::uint16_t code : choice.left_codes) goes_left_[code] = 1;
      goes_left_[missing] = choice.missing_left ? 1 : 0;
      return partition_codes(at, left, [&](unsigned code) { return goes_left_[code] != 0; });
    }
    const unsigned last_left = choice.left_bin;
    const unsigned also_left = choice.missing_left ? missing : last_left;
    return partition_codes(at, left,
                           [=](unsigned code) { return code <= last_left || code == also_left; });
  }

  template <typename GoesLeft>
  std::size_t partition_codes(const Pending& at, NodeSums& left, GoesLeft goes_left) {
    const std::uint32_t feature = at.choice.feature;
    const std::uint32_t column = binned_.features[feature].fine_column;
    if (at.choice.grain == Grain::coarse) {
      return partition_items(at, left, [&](std::uint32_t pattern) {
        return goes_left(binned_.coarse.row(pattern)[feature]);
      });
    }
    return partition_items(at, left, [&](std::uint32_t pattern) {
      return goes_left(binned_.fine.row(pattern)[column]);
    });
  }

  /// Left items keep their places and order, right items move behind them in order. The sides of a
  /// block of items are looked up first: moves would hold up the look-ups, which miss the cache.
  template <typename GoesLeft>
  std::size_t partition_items(const Pending& at, NodeSums& left_sums, GoesLeft goes_left) {
    constexpr std::size_t kBlock = 64;
    std::array<std::uint8_t, kBlock> to_left{};
    BagItem* left = bag_.data() + at.begin;
    BagItem* right = right_items_.data();
    NodeSums sums;
    for (std::size_t begin = at.begin; begin < at.end; begin += kBlock) {
      const BagItem* items = bag_.data() + begin;
      const std::size_t count = std::min(kBlock, at.end - begin);
      for (std::size_t i = 0; i < count; ++i) to_left[i] = goes_left(items[i].pattern) ? 1 : 0;
      for (std::size_t i = 0; i < count; ++i) {
        const BagItem item = items[i];
        // Written to both sides, kept on one: no branch to mispredict on every other item.
        *left = item;
        *right = item;
        left += to_left[i];
        right += 1 - to_left[i];
        const std::uint64_t mask = 0 - std::uint64_t{to_left[i]};
        sums += {item.weight & mask, item.rows & mask};
      }
    }
    left_sums = sums;
    std::copy(right_items_.data(), right, left);
    return static_cast<std::size_t>(left - bag_.data());
  }

  const BinnedPatterns& binned_;
  std::vector<BagItem>& bag_;
  const TreeRules& rules_;
  SplitSearch search_;
  FeaturePicker picker_;
  std::vector<Pending> pending_;
  std::vector<BagItem> right_items_;
  std::vector<std::uint8_t> goes_left_;
  GrownTree tree_;
  double bag_mass_ = 0;
  std::uint32_t leaves_ = 1;
};

}  // namespace

GrownTree grow_tree(const BinnedPatterns& binned, std::vector<BagItem>& bag, const TreeRules& rules,
                    std::uint64_t key) {
  return TreeGrower(binned, bag, rules).grow(key);
}

}  // namespace rarewood

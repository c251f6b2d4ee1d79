#include "rarewood/model/tree_reader.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include "rarewood/model/tree_arrays.hpp"

namespace rarewood {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

void require(bool holds) {
  if (!holds) throw ModelDamage{};
}

/// Follows the trees in pre-order and requires that splits and leaves come in just that order: so
/// each is met once, nothing is left over, and no cycle is possible.
class TreeReader {
 public:
  TreeReader(TreeStreams& streams, std::span<const Feature> features)
      : streams_(streams), features_(features), leaves_(streams.leaves()) {
    // Every split and every leaf takes a place in memory and in the numbering of nodes.
    require(streams.splits() + leaves_ < std::numeric_limits<std::int32_t>::max());
    ensemble_.nodes.reserve(streams.splits() + leaves_);
  }

  Ensemble read() {
    for (std::uint32_t root = 0; streams_.next_root(root);) {
      ensemble_.roots.push_back(static_cast<std::uint32_t>(ensemble_.nodes.size()));
      const StoredSplit split = take_split(root);
      if (is_single_leaf(split)) {
        ensemble_.nodes.push_back(take_leaf(split.left));
        take_leaf(split.right);
      } else {
        read_tree(split);
      }
    }
    require(streams_.at_end() && next_leaf_ == leaves_ && !ensemble_.roots.empty());
    return std::move(ensemble_);
  }

 private:
  bool is_single_leaf(const StoredSplit& split) const {
    if (!split.left_is_leaf || !split.right_is_leaf) return false;
    const std::size_t left = split.left - leaves_;
    const std::size_t right = split.right - leaves_;
    require(left < leaves_ && right < leaves_);
    return split.feature == 0 && split.mode == TreeArrays::kLessOrEqual &&
           split.threshold == kInfinity && split.missing_left &&
           streams_.leaf_cover(left) == split.cover && streams_.leaf_cover(right) == 0 &&
           streams_.leaf_value(left) == streams_.leaf_value(right);
  }

  struct Visit {
    std::uint32_t place;
    bool is_leaf;
    std::int64_t parent;  ///< the node this is the right child of, or -1
  };

  void read_tree(const StoredSplit& root) {
    std::vector<Visit> open;
    add_split(root, open);
    while (!open.empty()) {
      const Visit visit = open.back();
      open.pop_back();
      const auto at = static_cast<std::uint32_t>(ensemble_.nodes.size());
      if (visit.parent >= 0) ensemble_.nodes[static_cast<std::size_t>(visit.parent)].right = at;
      if (visit.is_leaf) {
        ensemble_.nodes.push_back(take_leaf(visit.place));
      } else {
        add_split(take_split(visit.place), open);
      }
    }
  }

  void add_split(const StoredSplit& split, std::vector<Visit>& open) {
    const auto at = static_cast<std::uint32_t>(ensemble_.nodes.size());
    ensemble_.nodes.push_back(node_of(split));
    ensemble_.nodes.back().left = at + 1;
    open.push_back({split.right, split.right_is_leaf, at});
    open.push_back({split.left, split.left_is_leaf, -1});
  }

  StoredSplit take_split(std::uint32_t place) {
    require(place == next_split_++);
    const StoredSplit split = streams_.next_split();
    require(split.feature < features_.size());
    return split;
  }

  Node take_leaf(std::uint32_t place) {
    require(next_leaf_ < leaves_ && place == leaves_ + next_leaf_);
    const float value = streams_.leaf_value(next_leaf_);
    require(std::isfinite(value));
    return {Node::kLeaf, Node::kOrdered, value, 0, 0, false, streams_.leaf_cover(next_leaf_++)};
  }

  Node node_of(const StoredSplit& split) {
    Node node;
    node.feature = static_cast<std::int32_t>(split.feature);
    node.missing_left = split.missing_left;
    node.cover = split.cover;
    node.value = split.threshold;
    if (split.mode == TreeArrays::kMember) {
      require(node.value == 0);
      node.category_set = static_cast<std::int32_t>(ensemble_.category_sets.size());
      ensemble_.category_sets.push_back(take_members(features_[split.feature]));
    } else {
      require(split.mode == TreeArrays::kLessOrEqual);
    }
    return node;
  }

  /// Codes up to a NaN; -1 alone stands for none.
  std::vector<std::uint32_t> take_members(const Feature& feature) {
    require(feature.kind == FeatureKind::category);
    std::vector<std::uint32_t> codes;
    float code = streams_.next_member();
    if (code == -1) {
      require(std::isnan(streams_.next_member()));
      return codes;
    }
    for (; !std::isnan(code); code = streams_.next_member()) {
      require(code >= 0 && code < static_cast<float>(feature.categories.size()) &&
              code == std::floor(code));
      codes.push_back(static_cast<std::uint32_t>(code));
      require(codes.size() == 1 || codes[codes.size() - 2] < codes.back());
    }
    return codes;
  }

  TreeStreams& streams_;
  std::span<const Feature> features_;
  std::size_t leaves_;
  std::size_t next_split_ = 0;
  std::size_t next_leaf_ = 0;
  Ensemble ensemble_;
};

}  // namespace

Ensemble ensemble_of(TreeStreams& streams, std::span<const Feature> features) {
  return TreeReader(streams, features).read();
}

}  // namespace rarewood

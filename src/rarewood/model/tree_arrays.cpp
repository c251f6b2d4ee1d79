#include "rarewood/model/tree_arrays.hpp"

#include <cmath>
#include <limits>

#include "rarewood/model/damage.hpp"

namespace rarewood {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

/// Where the number of a child is to be written once it is known.
struct Slot {
  std::uint32_t node = 0;  ///< of the ensemble
  std::size_t split = 0;   ///< its parent
  bool is_left = false;
  bool is_root = false;
};

class ArrayWriter {
 public:
  explicit ArrayWriter(const Ensemble& ensemble) : ensemble_(ensemble) {
    std::size_t leaves = 0;
    for (const Node& node : ensemble.nodes) leaves += node.is_leaf() ? 1 : 0;
    for (const std::uint32_t root : ensemble.roots) {
      leaves += ensemble.nodes[root].is_leaf() ? 1 : 0;  // it is written twice
    }
    arrays_.leaf_weights.resize(2 * leaves);
    leaves_ = leaves;
  }

  TreeArrays write() {
    for (const std::uint32_t root : ensemble_.roots) {
      arrays_.roots.push_back(static_cast<std::uint32_t>(arrays_.features.size()));
      if (ensemble_.nodes[root].is_leaf()) {
        add_single_leaf(ensemble_.nodes[root]);
      } else {
        add_tree(root);
      }
    }
    return std::move(arrays_);
  }

 private:
  void add_tree(std::uint32_t root) {
    std::vector<Slot> open{{root, 0, false, true}};
    while (!open.empty()) {
      const Slot slot = open.back();
      open.pop_back();
      const Node& node = ensemble_.nodes[slot.node];
      const std::uint32_t id = node.is_leaf() ? add_leaf(node.value, node.cover) : add_split(node);
      if (!slot.is_root) link(slot, id, node.is_leaf());
      if (node.is_leaf()) continue;
      open.push_back({node.right, id, false});
      open.push_back({node.left, id, true});
    }
  }

  void link(const Slot& slot, std::uint32_t id, bool is_leaf) {
    (slot.is_left ? arrays_.left_ids : arrays_.right_ids)[slot.split] = id;
    (slot.is_left ? arrays_.left_is_leaf : arrays_.right_is_leaf)[slot.split] = is_leaf ? 1 : 0;
  }

  void add_single_leaf(const Node& leaf) {
    const std::uint32_t split = add_split({0, Node::kOrdered, kInfinity, 0, 0, true, leaf.cover});
    link({0, split, true}, add_leaf(leaf.value, leaf.cover), true);
    link({0, split, false}, add_leaf(leaf.value, 0), true);
  }

  std::uint32_t add_leaf(float value, float cover) {
    arrays_.leaf_weights[next_leaf_] = cover;
    arrays_.leaf_weights[leaves_ + next_leaf_] = value;
    return static_cast<std::uint32_t>(leaves_ + next_leaf_++);
  }

  std::uint32_t add_split(const Node& node) {
    const bool ordered = node.category_set == Node::kOrdered;
    arrays_.features.push_back(static_cast<std::uint32_t>(node.feature));
    arrays_.modes.push_back(ordered ? TreeArrays::kLessOrEqual : TreeArrays::kMember);
    arrays_.thresholds.push_back(ordered ? node.value : 0);
    arrays_.missing_left.push_back(node.missing_left ? 1 : 0);
    arrays_.covers.push_back(node.cover);
    for (auto* ids :
         {&arrays_.left_ids, &arrays_.left_is_leaf, &arrays_.right_ids, &arrays_.right_is_leaf}) {
      ids->push_back(0);
    }
    if (!ordered) {
      add_members(ensemble_.category_sets[static_cast<std::size_t>(node.category_set)]);
    }
    return static_cast<std::uint32_t>(arrays_.features.size() - 1);
  }

  void add_members(const std::vector<std::uint32_t>& codes) {
    for (const std::uint32_t code : codes) arrays_.members.push_back(static_cast<float>(code));
    if (codes.empty()) arrays_.members.push_back(-1);
    arrays_.members.push_back(std::numeric_limits<float>::quiet_NaN());
  }

  const Ensemble& ensemble_;
  TreeArrays arrays_;
  std::size_t leaves_ = 0;
  std::size_t next_leaf_ = 0;
};

void require(bool holds) {
  if (!holds) throw ModelDamage{};
}

/// Follows the trees in pre-order and requires that splits and leaves come in just that order: so
/// each is met once, nothing is left over, and no cycle is possible.
class ArrayReader {
 public:
  ArrayReader(const TreeArrays& arrays, std::span<const Feature> features)
      : arrays_(arrays), features_(features), leaves_(arrays.leaf_weights.size() / 2) {
    const std::size_t splits = arrays.features.size();
    for (const auto* ids : {&arrays.left_ids, &arrays.left_is_leaf, &arrays.right_ids,
                            &arrays.right_is_leaf, &arrays.missing_left}) {
      require(ids->size() == splits);
    }
    require(arrays.modes.size() == splits && arrays.thresholds.size() == splits &&
            arrays.covers.size() == splits && arrays.leaf_weights.size() % 2 == 0);
    // Every split and every leaf takes a place in memory and in the numbering of nodes.
    require(splits + leaves_ < std::numeric_limits<std::int32_t>::max());
  }

  Ensemble read() {
    ensemble_.nodes.reserve(arrays_.features.size() + leaves_);
    for (const std::uint32_t root : arrays_.roots) {
      require(root == next_split_ && root < arrays_.features.size());
      ensemble_.roots.push_back(static_cast<std::uint32_t>(ensemble_.nodes.size()));
      if (is_single_leaf(root)) {
        ensemble_.nodes.push_back(take_leaf(arrays_.left_ids[root]));
        take_leaf(arrays_.right_ids[root]);
        ++next_split_;
      } else {
        read_tree(root);
      }
    }
    require(next_split_ == arrays_.features.size() && next_leaf_ == leaves_ &&
            next_member_ == arrays_.members.size() && !ensemble_.roots.empty());
    return std::move(ensemble_);
  }

 private:
  bool is_single_leaf(std::uint32_t split) const {
    if (arrays_.left_is_leaf[split] == 0 || arrays_.right_is_leaf[split] == 0) return false;
    const std::size_t left = arrays_.left_ids[split] - leaves_;
    const std::size_t right = arrays_.right_ids[split] - leaves_;
    require(left < leaves_ && right < leaves_);
    const std::vector<float>& weights = arrays_.leaf_weights;
    return arrays_.features[split] == 0 && arrays_.modes[split] == TreeArrays::kLessOrEqual &&
           arrays_.thresholds[split] == kInfinity && arrays_.missing_left[split] == 1 &&
           weights[left] == arrays_.covers[split] && weights[right] == 0 &&
           weights[leaves_ + left] == weights[leaves_ + right];
  }

  void read_tree(std::uint32_t root) {
    struct Visit {
      std::uint32_t id;
      bool is_leaf;
      std::int64_t parent;  ///< the node this is the right child of, or -1
    };
    std::vector<Visit> open{{root, false, -1}};
    while (!open.empty()) {
      const Visit visit = open.back();
      open.pop_back();
      const auto at = static_cast<std::uint32_t>(ensemble_.nodes.size());
      if (visit.parent >= 0) ensemble_.nodes[static_cast<std::size_t>(visit.parent)].right = at;
      if (visit.is_leaf) {
        ensemble_.nodes.push_back(take_leaf(visit.id));
        continue;
      }
      ensemble_.nodes.push_back(take_split(visit.id));
      ensemble_.nodes.back().left = at + 1;
      open.push_back({arrays_.right_ids[visit.id], arrays_.right_is_leaf[visit.id] != 0, at});
      open.push_back({arrays_.left_ids[visit.id], arrays_.left_is_leaf[visit.id] != 0, -1});
    }
  }

  Node take_leaf(std::uint32_t id) {
    require(next_leaf_ < leaves_ && id == leaves_ + next_leaf_);
    const float value = arrays_.leaf_weights[leaves_ + next_leaf_];
    require(std::isfinite(value));
    return {Node::kLeaf, Node::kOrdered, value, 0, 0, false, arrays_.leaf_weights[next_leaf_++]};
  }

  Node take_split(std::uint32_t id) {
    require(next_split_ < arrays_.features.size() && id == next_split_);
    ++next_split_;
    require(arrays_.features[id] < features_.size() && arrays_.missing_left[id] <= 1 &&
            arrays_.left_is_leaf[id] <= 1 && arrays_.right_is_leaf[id] <= 1);
    Node node;
    node.feature = static_cast<std::int32_t>(arrays_.features[id]);
    node.missing_left = arrays_.missing_left[id] == 1;
    node.cover = arrays_.covers[id];
    node.value = arrays_.thresholds[id];
    if (arrays_.modes[id] == TreeArrays::kMember) {
      require(node.value == 0);
      node.category_set = static_cast<std::int32_t>(ensemble_.category_sets.size());
      ensemble_.category_sets.push_back(take_members(features_[arrays_.features[id]]));
    } else {
      require(arrays_.modes[id] == TreeArrays::kLessOrEqual);
    }
    return node;
  }

  std::vector<std::uint32_t> take_members(const Feature& feature) {
    require(feature.kind == FeatureKind::category);
    std::vector<std::uint32_t> codes;
    for (bool ended = false; !ended;) {
      require(next_member_ < arrays_.members.size());
      const float code = arrays_.members[next_member_++];
      if (std::isnan(code)) {
        ended = true;
      } else if (!(code == -1 && codes.empty() && next_member_ < arrays_.members.size() &&
                   std::isnan(arrays_.members[next_member_]))) {
        require(code >= 0 && code < static_cast<float>(feature.categories.size()) &&
                code == std::floor(code));
        codes.push_back(static_cast<std::uint32_t>(code));
        require(codes.size() == 1 || codes[codes.size() - 2] < codes.back());
      }
    }
    return codes;
  }

  const TreeArrays& arrays_;
  std::span<const Feature> features_;
  std::size_t leaves_;
  std::size_t next_split_ = 0;
  std::size_t next_leaf_ = 0;
  std::size_t next_member_ = 0;
  Ensemble ensemble_;
};

}  // namespace

TreeArrays to_arrays(const Ensemble& ensemble) { return ArrayWriter(ensemble).write(); }

Ensemble from_arrays(const TreeArrays& arrays, std::span<const Feature> features) {
  return ArrayReader(arrays, features).read();
}

}  // namespace rarewood

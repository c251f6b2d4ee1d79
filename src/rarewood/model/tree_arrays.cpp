#include "rarewood/model/tree_arrays.hpp"

#include <limits>

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
    reserve_splits(ensemble.nodes.size() + ensemble.roots.size() - leaves);
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
  /// \param splits  at least as many as there will be
  void reserve_splits(std::size_t splits) {
    for (auto* numbers : {&arrays_.features, &arrays_.left_ids, &arrays_.left_is_leaf,
                          &arrays_.right_ids, &arrays_.right_is_leaf, &arrays_.missing_left}) {
      numbers->reserve(splits);
    }
    arrays_.modes.reserve(splits);
    arrays_.thresholds.reserve(splits);
    arrays_.covers.reserve(splits);
  }

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

}  // namespace

TreeArrays to_arrays(const Ensemble& ensemble) { return ArrayWriter(ensemble).write(); }

}  // namespace rarewood

#include "rarewood/learn/foreign_tree.hpp"

#include <utility>

namespace rarewood {

void append_foreign_tree(Ensemble& ensemble, std::int64_t root,
                         const std::function<ForeignNode(std::int64_t)>& node_at) {
  struct Visit {
    std::int64_t number;
    std::int64_t parent;  ///< the node this is the right child of, or -1
  };
  ensemble.roots.push_back(static_cast<std::uint32_t>(ensemble.nodes.size()));
  std::vector<Visit> open{{root, -1}};
  while (!open.empty()) {
    const Visit visit = open.back();
    open.pop_back();
    const auto at = static_cast<std::uint32_t>(ensemble.nodes.size());
    if (visit.parent >= 0) ensemble.nodes[static_cast<std::size_t>(visit.parent)].right = at;
    ForeignNode foreign = node_at(visit.number);
    if (!foreign.node.is_leaf()) {
      foreign.node.left = at + 1;
      open.push_back({foreign.right, at});
      open.push_back({foreign.left, -1});
    }
    ensemble.nodes.push_back(foreign.node);
  }
}

void split_by_set(Ensemble& ensemble, Node& node, std::vector<std::uint32_t> codes) {
  node.category_set = static_cast<std::int32_t>(ensemble.category_sets.size());
  node.value = 0;
  ensemble.category_sets.push_back(std::move(codes));
}

void append_constant(Ensemble& ensemble, float value, float cover) {
  ensemble.roots.push_back(static_cast<std::uint32_t>(ensemble.nodes.size()));
  Node leaf;
  leaf.value = value;
  leaf.cover = cover;
  ensemble.nodes.push_back(leaf);
}

}  // namespace rarewood

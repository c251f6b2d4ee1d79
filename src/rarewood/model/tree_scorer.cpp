#include "rarewood/model/tree_scorer.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

#include "rarewood/base/parallel.hpp"
#include "rarewood/model/distinct_rows.hpp"

// Scoring a row is a chain of loads, each waiting for the one before. Three things make it fast:
//   - trees outside, rows inside: a tree stays in the cache while a block of rows passes through;
//   - kLanes rows walk a tree side by side, so that their loads overlap;
//   - no branch on the data: every lane makes as many steps as the tree is deep, resting on its
//     leaf, and the next index is selected, not jumped to.
// A row's leaves are added in the order of the trees, as in reference_score: the sums are the same
// bytes whatever the blocks and threads.

namespace rarewood {
namespace {

constexpr std::size_t kLanes = 8;
constexpr std::size_t kBlockFloats = 32 * 1024;  ///< a block's values: half of a small L2 cache

// Finding equal rows costs as much as two or three trees do, and saves nearly all scoring of tables
// whose rows repeat: session tables hold each distinct row some thirty times.
constexpr std::size_t kFewRows = 1000;
constexpr std::size_t kFewTrees = 10;

std::vector<std::vector<float>> gathered(const std::vector<const float*>& values,
                                         const std::vector<std::uint32_t>& rows) {
  std::vector<std::vector<float>> columns(values.size());
  for (std::size_t f = 0; f < values.size(); ++f) {
    columns[f].reserve(rows.size());
    for (const std::uint32_t row : rows) columns[f].push_back(values[f][row]);
  }
  return columns;
}

/// Rows per block: as many as fit, in whole groups of lanes.
std::size_t block_rows(std::size_t features) {
  const std::size_t rows = kBlockFloats / (features + 1) / kLanes * kLanes;
  return std::clamp<std::size_t>(rows, kLanes, 1024);
}

/// The codes of a set as bits, after the number of words they take.
void append_set(const std::vector<std::uint32_t>& codes, std::vector<std::uint32_t>& words) {
  const std::size_t count = codes.empty() ? 0 : codes.back() / 32 + 1;
  words.push_back(static_cast<std::uint32_t>(count));
  const std::size_t first = words.size();
  words.resize(first + count);
  for (const std::uint32_t code : codes) words[first + code / 32] |= 1U << code % 32;
}

}  // namespace

/// Rows by row, each of `width` values, the first of which is +inf for leaves to read.
struct TreeScorer::Block {
  std::size_t width;
  std::size_t groups;
  std::vector<float> values;

  Block(const std::vector<const float*>& columns, std::size_t begin, std::size_t rows)
      : width(columns.size() + 1),
        groups((rows + kLanes - 1) / kLanes),
        values(groups * kLanes * width) {
    for (std::size_t r = 0; r < groups * kLanes; ++r) {
      values[r * width] = std::numeric_limits<float>::infinity();
    }
    for (std::size_t f = 0; f < columns.size(); ++f) {
      for (std::size_t r = 0; r < rows; ++r) values[r * width + f + 1] = columns[f][begin + r];
    }
  }
};

TreeScorer::TreeScorer(const Ensemble& ensemble) {
  steps_.reserve(ensemble.nodes.size());
  for (const std::uint32_t root : ensemble.roots) {
    roots_.push_back(static_cast<std::uint32_t>(steps_.size()));
    depths_.push_back(pack_tree(ensemble, root));
  }
  if (ensemble.aggregation == Ensemble::Aggregation::average) {
    divisor_ = static_cast<float>(ensemble.trees());
  }
}

std::uint32_t TreeScorer::pack_tree(const Ensemble& ensemble, std::uint32_t root) {
  struct Visit {
    std::uint32_t node;
    std::uint32_t depth;
    std::int64_t parent;  ///< the step this node is the right child of, or -1
  };
  std::uint32_t deepest = 0;
  std::vector<Visit> open{{root, 0, -1}};
  while (!open.empty()) {
    const Visit visit = open.back();
    open.pop_back();
    const auto at = static_cast<std::uint32_t>(steps_.size());
    if (visit.parent >= 0) steps_[static_cast<std::size_t>(visit.parent)].right = at;
    const Node& node = ensemble.nodes[visit.node];
    steps_.push_back(pack_node(ensemble, node));
    deepest = std::max(deepest, visit.depth);
    if (node.is_leaf()) {
      steps_.back().right = at;
    } else {
      open.push_back({node.right, visit.depth + 1, at});
      open.push_back({node.left, visit.depth + 1, -1});
    }
  }
  return deepest;
}

TreeScorer::Step TreeScorer::pack_node(const Ensemble& ensemble, const Node& node) {
  if (node.is_leaf()) return {node.value, 0, 0};
  const std::uint32_t choice =
      (static_cast<std::uint32_t>(node.feature) + 1) * 4 + (node.missing_left ? 1 : 0);
  if (node.category_set == Node::kOrdered) return {node.value, 0, choice};
  const auto at = static_cast<std::uint32_t>(words_.size());
  append_set(ensemble.category_sets[static_cast<std::size_t>(node.category_set)], words_);
  return {std::bit_cast<float>(at), 0, choice + 2};
}

template <bool kHasSets>
inline bool TreeScorer::goes_left(const Step& step, float value) const {
  const bool missing_left = (step.choice & 1) != 0;
  if (kHasSets && (step.choice & 2) != 0) {
    const std::uint32_t* set = words_.data() + std::bit_cast<std::uint32_t>(step.value);
    const std::uint32_t code = std::isnan(value) ? 0 : static_cast<std::uint32_t>(value);
    const bool member = code / 32 < set[0] && (set[1 + code / 32] >> code % 32 & 1) != 0;
    return std::isnan(value) ? missing_left : member;
  }
  // Of the two comparisons a missing value fails both, so the second matters for it alone.
  return (value <= step.value) | (missing_left & !(value > step.value));
}

template <bool kHasSets>
void TreeScorer::walk(std::size_t tree, const Block& block, float* scores) const {
  const Step* steps = steps_.data();
  for (std::size_t group = 0; group < block.groups; ++group) {
    const float* rows = block.values.data() + group * kLanes * block.width;
    std::array<std::uint32_t, kLanes> at;
    at.fill(roots_[tree]);
    for (std::uint32_t level = 0, moved = 1; level < depths_[tree] && moved != 0; ++level) {
      moved = 0;
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        const std::uint32_t here = at[lane];
        const Step& step = steps[here];
        const float value = rows[lane * block.width + step.choice / 4];
        const std::uint32_t left = goes_left<kHasSets>(step, value) ? ~0U : 0U;
        at[lane] = step.right + (left & (here + 1 - step.right));
        moved |= at[lane] ^ here;
      }
    }
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      scores[group * kLanes + lane] += steps[at[lane]].value;
    }
  }
}

void TreeScorer::score_block(const Block& block, float* scores) const {
  for (std::size_t tree = 0; tree < roots_.size(); ++tree) {
    if (words_.empty()) {
      walk<false>(tree, block, scores);
    } else {
      walk<true>(tree, block, scores);
    }
  }
}

std::vector<float> TreeScorer::raw_scores(const std::vector<const float*>& values, std::size_t rows,
                                          const Control& control) const {
  const bool countable = rows < std::numeric_limits<std::uint32_t>::max();
  if (rows < kFewRows || roots_.size() < kFewTrees || !countable) {
    return score_rows(values, rows, control);
  }
  const DistinctRows distinct = distinct_rows(values, rows, control);
  if (distinct.first.size() > rows / 2) return score_rows(values, rows, control);

  const auto columns = gathered(values, distinct.first);
  std::vector<const float*> pointers;
  for (const auto& column : columns) pointers.push_back(column.data());
  const std::vector<float> scores = score_rows(pointers, distinct.first.size(), control);
  std::vector<float> result(rows);
  for (std::size_t r = 0; r < rows; ++r) result[r] = scores[distinct.group[r]];
  return result;
}

std::vector<float> TreeScorer::score_rows(const std::vector<const float*>& values, std::size_t rows,
                                          const Control& control) const {
  const std::size_t step = block_rows(values.size());
  std::vector<float> result(rows);
  parallel_for(control, (rows + step - 1) / step, [&](std::size_t b) {
    const std::size_t begin = b * step;
    const std::size_t count = std::min(step, rows - begin);
    const Block block(values, begin, count);
    std::vector<float> scores(block.groups * kLanes);
    score_block(block, scores.data());
    for (std::size_t r = 0; r < count; ++r) result[begin + r] = scores[r] / divisor_;
  });
  return result;
}

}  // namespace rarewood

#include <algorithm>
#include <array>
#include <cmath>

#include "rarewood/base/parallel.hpp"
#include "rarewood/learn/forest/forest.hpp"
#include "rarewood/learn/forest/forest_rules.hpp"

namespace rarewood {
namespace {

/// Sums over trees of one pattern, by class.
struct Tally {
  std::array<double, 2> copies = {0, 0};  ///< expected out of bag
  std::array<double, 2> scores = {0, 0};  ///< times the tree's answer
};

/// A tree's answer to one pattern.
float leaf_value(const Ensemble& forest, std::uint32_t root, const Patterns& patterns,
                 std::uint32_t pattern) {
  const Node* node = &forest.nodes[root];
  while (!node->is_leaf()) {
    const float value = patterns.value(pattern, static_cast<std::size_t>(node->feature));
    bool left = node->missing_left;
    if (!std::isnan(value) && node->category_set == Node::kOrdered) {
      left = value <= node->value;
    } else if (!std::isnan(value)) {
      const auto& set = forest.category_sets[static_cast<std::size_t>(node->category_set)];
      left = std::binary_search(set.begin(), set.end(), static_cast<std::uint32_t>(value));
    }
    node = &forest.nodes[left ? node->left : node->right];
  }
  return node->value;
}

/// Of n rows, those that `draws` draws with replacement are expected to miss.
double copies_missed(std::uint32_t rows, std::uint32_t draws) {
  const double n = rows;
  return rows == 0 ? 0 : n * std::pow(1 - 1 / n, draws);
}

void add_tree(const PatternCount& count, std::uint64_t drawn, double answer, Tally& to) {
  const std::array<double, 2> missed = {
      copies_missed(count.n0, static_cast<std::uint32_t>(drawn >> 32)),
      copies_missed(count.n1, static_cast<std::uint32_t>(drawn))};
  for (std::size_t c = 0; c < 2; ++c) {
    to.copies[c] += missed[c];
    to.scores[c] += missed[c] * answer;
  }
}

ScoreList scores_of(const std::vector<PatternCount>& counts, const std::vector<Tally>& tallies) {
  ScoreList list;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const Tally& tally = tallies[i];
    if (tally.copies[0] > 0) list.push_back({tally.scores[0] / tally.copies[0], counts[i].n0, 0});
    if (tally.copies[1] > 0) list.push_back({tally.scores[1] / tally.copies[1], 0, counts[i].n1});
  }
  return list;
}

}  // namespace

ScoreList out_of_bag_scores(const FitPart& part, const ForestOptions& options,
                            const FitRequest& request, const Ensemble& forest,
                            const Control& control) {
  if (!options.bootstrap) {
    throw Error(ErrorKind::usage,
                "--no-bootstrap leaves no rows out of any bag, so there are no out-of-bag scores.");
  }
  const BagLaw law = forest_rules(options, part, request).bag;
  if (!law.ticks.empty()) {
    throw Error(ErrorKind::usage, "Out-of-bag scores are of rows that all weigh 1.");
  }
  const Bootstrap bootstrap(part, law);
  const std::vector<PatternCount>& counts = part.counts();
  std::vector<Tally> tallies(counts.size());
  constexpr std::size_t kBlock = 2048;
  for (std::size_t t = 0; t < forest.trees(); ++t) {
    std::vector<std::uint64_t> drawn(part.patterns().count, 0);
    for (const BagItem& item : bootstrap.draw(bag_stream(request, t))) {
      drawn[item.pattern] = item.weight;
    }
    parallel_for(control, counts.size() / kBlock + 1, [&](std::size_t block) {
      const std::size_t end = std::min(counts.size(), (block + 1) * kBlock);
      for (std::size_t i = block * kBlock; i < end; ++i) {
        const std::uint32_t pattern = counts[i].pattern;
        const float answer = leaf_value(forest, forest.roots[t], part.patterns(), pattern);
        add_tree(counts[i], drawn[pattern], answer, tallies[i]);
      }
    });
  }
  return scores_of(counts, tallies);
}

}  // namespace rarewood

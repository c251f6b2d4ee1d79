#include <algorithm>
#include <array>
#include <cmath>

#include "rarewood/base/parallel.hpp"
#include "rarewood/learn/forest/forest.hpp"
#include "rarewood/learn/forest/forest_rules.hpp"
#include "rarewood/model/score.hpp"

namespace rarewood {
namespace {

/// Sums over trees of one pattern, by class.
struct Tally {
  std::array<double, 2> copies = {0, 0};  ///< expected out of bag
  std::array<double, 2> scores = {0, 0};  ///< times the tree's answer
};

std::vector<float> row_of(const Patterns& patterns, std::uint32_t pattern) {
  std::vector<float> row;
  for (std::size_t f = 0; f < patterns.features(); ++f) row.push_back(patterns.value(pattern, f));
  return row;
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
  check_memory(control, "out of bag", counts.size() * (4 * part.patterns().features() + 64));
  std::vector<std::vector<float>> rows;
  for (const PatternCount& count : counts) rows.push_back(row_of(part.patterns(), count.pattern));
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
        const float answer = tree_answer(forest, forest.roots[t], rows[i]);
        add_tree(counts[i], drawn[pattern], answer, tallies[i]);
      }
    });
  }
  return scores_of(counts, tallies);
}

}  // namespace rarewood

#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "rarewood/base/random.hpp"
#include "rarewood/learn/forest/gather.hpp"
#include "rarewood/learn/forest/impurity.hpp"

namespace rarewood {

enum class Criterion { gini, entropy };

/// Which cut of a feature a node takes: the best, or one at random (extremely randomised trees).
enum class Splitter { best, random };

/// What a split is judged by: class weights turn counts into the impurity's measure.
struct SplitRules {
  Criterion criterion = Criterion::gini;
  Splitter splitter = Splitter::best;
  double class_weight[2] = {1, 1};
  std::uint32_t min_samples_leaf = 1;
  /// Per feature 1: the rate may only grow with it, -1: only fall, 0: free. Empty: all free.
  std::vector<std::int8_t> monotonic_cst;

  ClassMass mass(const NodeSums& sums) const {
    return {sums.n0() * class_weight[0], sums.n1() * class_weight[1]};
  }
  int direction(std::uint32_t feature) const {
    return monotonic_cst.empty() ? 0 : monotonic_cst[feature];
  }
};

/// A node to be split, as a search sees it.
struct NodeView {
  std::span<const BagItem> items;
  NodeSums sums;
  double lower = 0;  ///< bounds that monotone splits above put on the rates of its leaves
  double upper = 1;
};

/// The best cut found in one node.
struct SplitChoice {
  /// Sum over children of impurity times mass, the less the better; infinite = no cut allowed.
  double cost = std::numeric_limits<double>::infinity();
  std::uint32_t feature = 0;
  Grain grain = Grain::coarse;
  bool missing_seen = false;  ///< the node holds missing values of the feature
  bool missing_left = false;
  std::uint16_t left_bin = 0;             ///< ordered: last bin that goes left
  std::uint16_t right_bin = 0;            ///< ordered: first bin present that goes right
  float drawn = 0;                        ///< ordered, at random: the threshold drawn
  std::vector<std::uint16_t> left_codes;  ///< category: codes that go left, ascending

  bool found() const { return cost < std::numeric_limits<double>::infinity(); }
};

/// Finds cuts; one per thread, as it keeps its working memory.
class SplitSearch {
 public:
  /// A place to cut a view's bins.
  struct Cut {
    double cost = std::numeric_limits<double>::infinity();
    std::size_t last_left = 0;
    bool missing_left = false;
    float drawn = 0;
  };

  SplitSearch(const BinnedPatterns& binned, const SplitRules& rules);

  /// Judge features on a node and keep a cut in `best` where it beats what is there.
  /// \param features  up to Gatherer::kAtOnce of them
  /// \param random    decides cuts at random; untouched by the splitter `best`
  /// \return bit i: features[i] is constant in the node
  unsigned consider(const NodeView& node, std::span<const std::uint32_t> features,
                    KeyedDraws& random, SplitChoice& best);

  /// Of an ordered split: values up to it go left.
  float threshold(const SplitChoice& choice) const;

 private:
  template <typename Impurity>
  Cut choose_cut(const NodeView& node, FeatureView& view, KeyedDraws& random) const;
  template <typename Judge>
  Cut judge_cuts(const Judge& cost_of, FeatureView& view, KeyedDraws& random) const;
  template <typename Judge>
  Cut random_cut(const Judge& cost_of, FeatureView& view, KeyedDraws& random) const;
  float draw_threshold(const FeatureView& view, KeyedDraws& random) const;
  void take(const FeatureView& view, const Cut& cut, SplitChoice& best) const;
  void take_levels(const FeatureView& view, const Cut& cut, SplitChoice& best) const;

  const BinnedPatterns& binned_;
  const SplitRules& rules_;
  bool free_;  ///< no rule forbids a cut, so only those between unlike bins can be best
  Gatherer gatherer_;
};

}  // namespace rarewood

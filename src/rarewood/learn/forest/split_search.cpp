#include "rarewood/learn/forest/split_search.hpp"

#include <algorithm>

namespace rarewood {
namespace {

/// For two classes the best subset of categories is a prefix of them sorted by rate (Breiman 1984).
void order_by_rate(std::vector<Bin>& bins) {
  std::sort(bins.begin(), bins.end(), [](const Bin& a, const Bin& b) {
    const std::uint64_t x = std::uint64_t{a.sums.n1()} * b.sums.n0();
    const std::uint64_t y = std::uint64_t{b.sums.n1()} * a.sums.n0();
    return x != y ? x < y : a.code < b.code;
  });
}

/// What a cut costs, by the left side's sums; infinite where a rule forbids it.
template <typename Impurity, bool kFree>
class CostOf {
 public:
  /// No rule forbids a cut, so only those between unlike bins can be best.
  static constexpr bool free = kFree;

  CostOf(const NodeView& node, const SplitRules& rules, std::uint32_t feature)
      : sums_(node.sums),
        all_{static_cast<double>(node.sums.n0()), static_cast<double>(node.sums.n1())},
        class_weight_{rules.class_weight[0], rules.class_weight[1]},
        fewest_rows_(rules.min_samples_leaf > 1 ? rules.min_samples_leaf : 0),
        lower_(node.lower),
        upper_(node.upper),
        direction_(rules.direction(feature)) {}

  double operator()(const NodeSums& left) const {
    const double n0 = left.n0();
    const double n1 = left.n1();
    const ClassMass l{n0 * class_weight_[0], n1 * class_weight_[1]};
    const ClassMass r{(all_[0] - n0) * class_weight_[0], (all_[1] - n1) * class_weight_[1]};
    if constexpr (!kFree) {
      if (!allowed(left.rows, l.share1(), r.share1())) {
        return std::numeric_limits<double>::infinity();
      }
    }
    return Impurity::of(l, r);
  }

 private:
  bool allowed(std::uint64_t left_rows, double left, double right) const {
    return std::min(left_rows, sums_.rows - left_rows) >= fewest_rows_ &&
           std::min(left, right) >= lower_ && std::max(left, right) <= upper_ &&
           (left - right) * direction_ <= 0;
  }

  NodeSums sums_;
  double all_[2];
  double class_weight_[2];
  std::uint64_t fewest_rows_;
  double lower_;
  double upper_;
  int direction_;
};

/// Both hold rows of one and the same class. Impurity is concave along such bins, so no cut between
/// them is better than both cuts beside them (Fayyad and Irani 1992).
bool alike(const Bin& a, const Bin& b) {
  const std::uint64_t both = a.sums.weight | b.sums.weight;
  return (both >> 32) == 0 || static_cast<std::uint32_t>(both) == 0;
}

template <typename Judge>
SplitSearch::Cut best_cut(const Judge& cost_of, const FeatureView& view) {
  const std::vector<Bin>& bins = view.bins;
  const bool missing = view.missing.weight != 0;
  SplitSearch::Cut best;
  NodeSums left;
  for (std::size_t i = 0; i + 1 < bins.size(); ++i) {
    left += bins[i].sums;
    if (Judge::free && alike(bins[i], bins[i + 1])) continue;
    const double cost = cost_of(left);
    if (cost < best.cost) best = {cost, i, false};
    if (!missing) continue;
    NodeSums with = left;
    with += view.missing;
    const double cost_with = cost_of(with);
    if (cost_with < best.cost) best = {cost_with, i, true};
  }
  if (missing) {  // all values here, missing there
    left += bins.back().sums;
    const double cost = cost_of(left);
    if (cost < best.cost) best = {cost, bins.size() - 1, false};
  }
  return best;
}

/// Deal the bins out by coin, those that go left to the front, none of the sides left empty.
/// \return how many go left
std::size_t deal_by_coin(std::vector<Bin>& bins, KeyedDraws& random) {
  std::vector<Bin> right;
  std::size_t left = 0;
  for (std::size_t i = 0; i < bins.size(); ++i) {
    if (random.below(2) == 0) {
      bins[left++] = bins[i];
    } else {
      right.push_back(bins[i]);
    }
  }
  std::copy(right.begin(), right.end(), bins.begin() + static_cast<std::ptrdiff_t>(left));
  return bins.size() == 1 ? 1 : std::clamp<std::size_t>(left, 1, bins.size() - 1);
}

}  // namespace

SplitSearch::SplitSearch(const BinnedPatterns& binned, const SplitRules& rules)
    : binned_(binned),
      rules_(rules),
      free_(rules.min_samples_leaf <= 1 && rules.monotonic_cst.empty()),
      gatherer_(binned, rules.min_samples_leaf > 1) {}

unsigned SplitSearch::consider(const NodeView& node, std::span<const std::uint32_t> features,
                               KeyedDraws& random, SplitChoice& best) {
  unsigned constant = 0;
  unsigned bit = 1;
  for (FeatureView& view : gatherer_.gather(node.items, features)) {
    if (view.constant()) {
      constant |= bit;
    } else {
      const Cut cut = rules_.criterion == Criterion::gini ? choose_cut<Gini>(node, view, random)
                                                          : choose_cut<Entropy>(node, view, random);
      if (cut.cost < best.cost) take(view, cut, best);
    }
    bit <<= 1U;
  }
  return constant;
}

template <typename Impurity>
SplitSearch::Cut SplitSearch::choose_cut(const NodeView& node, FeatureView& view,
                                         KeyedDraws& random) const {
  return free_ ? judge_cuts(CostOf<Impurity, true>(node, rules_, view.feature), view, random)
               : judge_cuts(CostOf<Impurity, false>(node, rules_, view.feature), view, random);
}

template <typename Judge>
SplitSearch::Cut SplitSearch::judge_cuts(const Judge& cost_of, FeatureView& view,
                                         KeyedDraws& random) const {
  if (rules_.splitter == Splitter::random) return random_cut(cost_of, view, random);
  if (!binned_.features[view.feature].ordered) order_by_rate(view.bins);
  return best_cut(cost_of, view);
}

template <typename Judge>
SplitSearch::Cut SplitSearch::random_cut(const Judge& cost_of, FeatureView& view,
                                         KeyedDraws& random) const {
  Cut cut;
  if (binned_.features[view.feature].ordered) {
    cut.drawn = draw_threshold(view, random);
    const std::vector<float>& highest = binned_.features[view.feature].at(view.grain).highest;
    while (cut.last_left + 2 < view.bins.size() &&
           highest[view.bins[cut.last_left + 1].code] <= cut.drawn) {
      ++cut.last_left;
    }
  } else {
    cut.last_left = deal_by_coin(view.bins, random) - 1;
  }
  NodeSums left;
  for (std::size_t i = 0; i <= cut.last_left; ++i) left += view.bins[i].sums;
  const bool all_values_left = cut.last_left + 1 == view.bins.size();
  if (view.missing.weight != 0 && !all_values_left && random.below(2) == 0) {
    left += view.missing;
    cut.missing_left = true;
  }
  cut.cost = cost_of(left);
  return cut;
}

/// Uniform between the least and the largest value in the node.
float SplitSearch::draw_threshold(const FeatureView& view, KeyedDraws& random) const {
  const Bins& bins = binned_.features[view.feature].at(view.grain);
  const double low = bins.lowest[view.bins.front().code];
  const double high = bins.highest[view.bins.back().code];
  const double share = static_cast<double>(random.bits() >> 11U) * 0x1p-53;
  return static_cast<float>(low + share * (high - low));
}

void SplitSearch::take(const FeatureView& view, const Cut& cut, SplitChoice& best) const {
  const FeatureBins& bins = binned_.features[view.feature];
  best.cost = cut.cost;
  best.feature = view.feature;
  best.grain = view.grain;
  best.missing_seen = view.missing.weight != 0;
  best.missing_left = cut.missing_left;
  best.left_bin = view.bins[cut.last_left].code;
  best.right_bin = cut.last_left + 1 < view.bins.size() ? view.bins[cut.last_left + 1].code
                                                        : bins.at(view.grain).count;
  best.drawn = cut.drawn;
  best.left_codes.clear();
  if (!bins.ordered) take_levels(view, cut, best);
}

/// A level that is not in the node goes right, as all that is in no set does. So the heavier child
/// is made the right one: such a level is as likely to fare as most rows of the node.
void SplitSearch::take_levels(const FeatureView& view, const Cut& cut, SplitChoice& best) const {
  const auto middle = view.bins.begin() + static_cast<std::ptrdiff_t>(cut.last_left) + 1;
  NodeSums left, right;
  for (auto bin = view.bins.begin(); bin != middle; ++bin) left += bin->sums;
  for (auto bin = middle; bin != view.bins.end(); ++bin) right += bin->sums;
  (cut.missing_left ? left : right) += view.missing;
  const bool turned = rules_.mass(left).total() > rules_.mass(right).total();
  if (turned && best.missing_seen) best.missing_left = !cut.missing_left;
  for (auto bin = turned ? middle : view.bins.begin(); bin != (turned ? view.bins.end() : middle);
       ++bin) {
    best.left_codes.push_back(bin->code);
  }
  std::sort(best.left_codes.begin(), best.left_codes.end());
}

/// The middle of the empty stretch between the children, or the value drawn if it lies in there.
float SplitSearch::threshold(const SplitChoice& choice) const {
  const Bins& bins = binned_.features[choice.feature].at(choice.grain);
  // Every value goes left, only missing ones right: also a larger value, met later.
  if (choice.right_bin == bins.count) return std::numeric_limits<float>::max();
  const float low = bins.highest[choice.left_bin];
  const float high = bins.lowest[choice.right_bin];
  const auto parts = [&](float value) { return value >= low && value < high; };
  if (rules_.splitter == Splitter::random && parts(choice.drawn)) return choice.drawn;
  const float middle = low / 2 + high / 2;
  return parts(middle) ? middle : low;
}

}  // namespace rarewood

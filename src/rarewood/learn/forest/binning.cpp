#include "rarewood/learn/forest/binning.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "rarewood/base/parallel.hpp"
#include "rarewood/pattern/ranks.hpp"

namespace rarewood {
namespace {

/// One feature's codes by place in the part, before they join those of the others.
struct BinnedFeature {
  FeatureBins bins;
  std::vector<std::uint16_t> coarse;
  std::vector<std::uint16_t> fine;
};

/// How many patterns each bin is to hold: few at both ends, more and more inwards until all others
/// hold equally many.
///
/// Why: where a node looks at features that tell nothing, exact trees cut off a few rows at an end
/// and keep the others together for the features that do (Ishwaran 2015, "The effect of splitting
/// on random forests"). Equal bins forbid such cuts in large nodes, which costs AUC
/// (docs/decision/forest.md).
std::vector<double> bin_shape(double patterns, std::size_t bins) {
  std::vector<double> shape(bins);
  double equal = patterns / static_cast<double>(bins);
  const std::size_t quarter = bins / 4;  // the longest end
  const double growth = std::max(1.15, std::pow(equal, 1 / static_cast<double>(quarter)));
  std::size_t inner = bins;
  double size = 1;
  for (std::size_t i = 0; i < quarter && size < equal; ++i, size *= growth) {
    shape[i] = shape[bins - 1 - i] = size;
    patterns -= 2 * size;
    inner -= 2;
    equal = patterns / static_cast<double>(inner);
  }
  const auto first = static_cast<std::ptrdiff_t>((bins - inner) / 2);
  std::fill_n(shape.begin() + first, inner, equal);
  return shape;
}

/// Bin of each rank: ranks are dealt out so that the bins get about as many patterns as their shape
/// asks for; a value that is more frequent than that leaves less to those after it.
std::vector<std::uint16_t> bins_of_ranks(const Ranks& ranks, std::uint32_t present,
                                         std::size_t max_bins) {
  std::vector<std::uint16_t> bin_of(present);
  if (present <= max_bins) {
    for (std::uint32_t r = 0; r < present; ++r) bin_of[r] = static_cast<std::uint16_t>(r);
    return bin_of;
  }
  std::vector<std::uint32_t> holds(ranks.distinct, 0);
  for (const std::uint32_t rank : ranks.of) ++holds[rank];
  double left = 0;
  for (std::uint32_t r = 0; r < present; ++r) left += holds[r];
  const std::vector<double> shape = bin_shape(left, max_bins);
  double shape_left = left;
  std::size_t bin = 0;
  double in_bin = 0;
  for (std::uint32_t r = 0; r < present; ++r) {
    const double wanted = left * shape[bin] / shape_left;
    if (in_bin > 0 && in_bin + holds[r] / 2.0 > wanted && bin + 1 < max_bins) {
      left -= in_bin;
      shape_left -= shape[bin];
      in_bin = 0;
      ++bin;
    }
    bin_of[r] = static_cast<std::uint16_t>(bin);
    in_bin += holds[r];
  }
  return bin_of;
}

/// A feature's values in ranks; missing ones rank behind the `present` others.
struct RankedValues {
  std::vector<float> values;
  Ranks ranks;
  std::uint32_t present = 0;

  explicit RankedValues(std::vector<float> from)
      : values(std::move(from)), ranks(rank_values(values)) {
    const bool missing =
        std::any_of(values.begin(), values.end(), [](float v) { return std::isnan(v); });
    present = ranks.distinct - (missing ? 1 : 0);
  }
};

/// \return bin of each value
std::vector<std::uint16_t> deal(const RankedValues& ranked, std::size_t max_bins, Bins& bins) {
  const std::vector<std::uint16_t> bin_of = bins_of_ranks(ranked.ranks, ranked.present, max_bins);
  bins.count = bin_of.empty() ? std::uint16_t{0} : static_cast<std::uint16_t>(bin_of.back() + 1);
  bins.lowest.assign(bins.count, std::numeric_limits<float>::max());
  bins.highest.assign(bins.count, std::numeric_limits<float>::lowest());
  std::vector<std::uint16_t> codes(ranked.values.size(), bins.count);
  for (std::size_t i = 0; i < codes.size(); ++i) {
    if (ranked.ranks.of[i] >= ranked.present) continue;
    const std::uint16_t bin = bin_of[ranked.ranks.of[i]];
    codes[i] = bin;
    bins.lowest[bin] = std::min(bins.lowest[bin], ranked.values[i]);
    bins.highest[bin] = std::max(bins.highest[bin], ranked.values[i]);
  }
  return codes;
}

BinnedFeature bin_ordered(std::vector<float> values, std::size_t coarse_bins) {
  const RankedValues ranked(std::move(values));
  BinnedFeature made;
  made.bins.wide = ranked.present > coarse_bins;
  made.coarse = deal(ranked, coarse_bins, made.bins.coarse);
  if (made.bins.wide) made.fine = deal(ranked, kMostFineBins, made.bins.fine);
  return made;
}

BinnedFeature bin_category(const std::vector<float>& values, std::uint32_t levels) {
  if (levels > kMostFineBins) {
    throw Error(ErrorKind::data, "A category has " + std::to_string(levels) +
                                     " levels; the forest takes up to 65,534. Exclude the column.");
  }
  BinnedFeature made;
  made.bins.ordered = false;
  made.bins.wide = levels > kMostCoarseBins;
  const auto count = static_cast<std::uint16_t>(levels);
  std::vector<std::uint16_t>& codes = made.bins.wide ? made.fine : made.coarse;
  for (const float value : values) {
    codes.push_back(std::isnan(value) ? count : static_cast<std::uint16_t>(value));
  }
  (made.bins.wide ? made.bins.fine : made.bins.coarse).count = count;
  if (made.bins.wide) made.coarse.assign(values.size(), 0);
  return made;
}

BinnedFeature bin_feature(const FitPart& part, std::size_t feature, std::size_t coarse_bins) {
  const Patterns& patterns = part.patterns();
  std::vector<float> values;
  values.reserve(part.counts().size());
  for (const PatternCount& count : part.counts()) {
    values.push_back(patterns.value(count.pattern, feature));
  }
  const std::uint32_t levels = patterns.category_counts[feature];
  return levels > 0 ? bin_category(values, levels) : bin_ordered(std::move(values), coarse_bins);
}

/// Weave the features' codes together, pattern by pattern.
void join_codes(const FitPart& part, std::vector<BinnedFeature>& made, const Control& control,
                BinnedPatterns& to) {
  const std::size_t features = made.size();
  std::uint32_t wide = 0;
  for (BinnedFeature& feature : made) {
    if (feature.bins.wide) feature.bins.fine_column = wide++;
    to.features.push_back(std::move(feature.bins));
  }
  to.coarse = {part.patterns().count, features};
  to.fine = {part.patterns().count, wide};
  constexpr std::size_t kBlock = 4096;
  const std::vector<PatternCount>& counts = part.counts();
  parallel_for(control, counts.size() / kBlock + 1, [&](std::size_t block) {
    const std::size_t end = std::min(counts.size(), (block + 1) * kBlock);
    for (std::size_t f = 0; f < features; ++f) {
      const FeatureBins& bins = to.features[f];
      for (std::size_t i = block * kBlock; i < end; ++i) {
        const std::uint32_t pattern = counts[i].pattern;
        // Of several entries, one a weight, the first speaks: the others may be another block's.
        if (i > 0 && counts[i - 1].pattern == pattern) continue;
        to.coarse.at(pattern, f) = static_cast<std::uint8_t>(made[f].coarse[i]);
        if (bins.wide) to.fine.at(pattern, bins.fine_column) = made[f].fine[i];
      }
    }
  });
}

}  // namespace

BinnedPatterns bin_patterns(const FitPart& part, const Control& control) {
  return bin_patterns(part, kMostCoarseBins, control);
}

BinnedPatterns bin_patterns(const FitPart& part, std::size_t coarse_bins, const Control& control) {
  const Patterns& patterns = part.patterns();
  // Codes of both grains, once by feature and once by pattern.
  const std::size_t by_pattern =
      CodeRows<std::uint8_t>::bytes(patterns.count, patterns.features()) +
      CodeRows<std::uint16_t>::bytes(patterns.count, patterns.features());
  check_memory(control, "bin", by_pattern + patterns.count * patterns.features() * 4);
  std::vector<BinnedFeature> made(patterns.features());
  parallel_for(control, made.size(),
               [&](std::size_t f) { made[f] = bin_feature(part, f, coarse_bins); });
  BinnedPatterns binned;
  join_codes(part, made, control, binned);
  return binned;
}

}  // namespace rarewood

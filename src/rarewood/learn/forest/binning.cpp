#include "rarewood/learn/forest/binning.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "rarewood/base/parallel.hpp"
#include "rarewood/pattern/ranks.hpp"

namespace rarewood {
namespace {

constexpr std::size_t kMostBins = 65534;

FeatureBins category_bins(std::uint32_t levels) {
  if (levels > kMostBins) {
    throw Error(ErrorKind::data, "A category has " + std::to_string(levels) +
                                     " levels; the forest takes up to 65,534. Exclude the column.");
  }
  FeatureBins bins;
  bins.ordered = false;
  bins.bins = static_cast<std::uint16_t>(levels);
  return bins;
}

/// Bin of each rank: ranks are dealt out so that each bin gets about the same number of patterns.
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
  std::size_t bin = 0;
  double in_bin = 0;
  for (std::uint32_t r = 0; r < present; ++r) {
    const double wanted = left / static_cast<double>(max_bins - bin);
    if (in_bin > 0 && in_bin + holds[r] / 2.0 > wanted && bin + 1 < max_bins) {
      left -= in_bin;
      in_bin = 0;
      ++bin;
    }
    bin_of[r] = static_cast<std::uint16_t>(bin);
    in_bin += holds[r];
  }
  return bin_of;
}

/// \param values  of the part's patterns, in its order
/// \return bin of each
std::vector<std::uint16_t> bin_ordered(std::span<const float> values, std::size_t max_bins,
                                       FeatureBins& bins) {
  const Ranks ranks = rank_values(values);
  const bool any_missing =
      std::any_of(values.begin(), values.end(), [](float v) { return std::isnan(v); });
  const std::uint32_t present = ranks.distinct - (any_missing ? 1 : 0);
  const std::vector<std::uint16_t> bin_of = bins_of_ranks(ranks, present, max_bins);
  bins.bins = present == 0 ? std::uint16_t{0} : static_cast<std::uint16_t>(bin_of.back() + 1);
  bins.lowest.assign(bins.bins, std::numeric_limits<float>::max());
  bins.highest.assign(bins.bins, std::numeric_limits<float>::lowest());
  std::vector<std::uint16_t> codes(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    codes[i] = ranks.of[i] >= present ? bins.bins : bin_of[ranks.of[i]];
    if (codes[i] == bins.bins) continue;
    bins.lowest[codes[i]] = std::min(bins.lowest[codes[i]], values[i]);
    bins.highest[codes[i]] = std::max(bins.highest[codes[i]], values[i]);
  }
  return codes;
}

std::vector<std::uint16_t> bin_categories(std::span<const float> values, const FeatureBins& bins) {
  std::vector<std::uint16_t> codes;
  codes.reserve(values.size());
  for (const float value : values) {
    codes.push_back(std::isnan(value) ? bins.bins : static_cast<std::uint16_t>(value));
  }
  return codes;
}

}  // namespace

BinnedPatterns bin_patterns(const FitPart& part, std::size_t max_bins, const Control& control) {
  const Patterns& patterns = part.patterns();
  const std::size_t features = patterns.features();
  check_memory(control, "bin", patterns.count * features * sizeof(std::uint16_t));
  BinnedPatterns binned;
  binned.features.resize(features);
  binned.patterns = patterns.count;
  binned.codes.resize(patterns.count * features);
  parallel_for(control, features, [&](std::size_t f) {
    std::vector<float> values;
    for (const PatternCount& count : part.counts()) {
      values.push_back(patterns.value(count.pattern, f));
    }
    FeatureBins& bins = binned.features[f];
    if (patterns.category_counts[f] > 0) bins = category_bins(patterns.category_counts[f]);
    const std::vector<std::uint16_t> codes =
        bins.ordered ? bin_ordered(values, max_bins, bins) : bin_categories(values, bins);
    for (std::size_t i = 0; i < codes.size(); ++i) {
      binned.codes[f * patterns.count + part.counts()[i].pattern] = codes[i];
    }
  });
  return binned;
}

}  // namespace rarewood

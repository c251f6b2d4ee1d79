// Ranking rows without comparing rows. Each column is ranked alone; as many ranks as fit are packed
// into a 64-bit key, the keys are ranked, and the rank takes the place of the packed columns. A
// table of a dozen session features packs into one key; a continuous table tells all its rows apart
// after two or three columns, and the rest of it is never looked at. Where most rows are already
// told apart, only the tied ones are compared further, value by value.

#include "rarewood/pattern/ranks.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <optional>

#include "rarewood/base/parallel.hpp"

namespace rarewood {
namespace {

constexpr std::uint32_t kMissingKey = 0xFFFFFFFF;

/// An integer that sorts as the value does, NaN last.
std::uint32_t sortable(float value) {
  if (std::isnan(value)) return kMissingKey;
  const auto bits = std::bit_cast<std::uint32_t>(value);
  return (bits & 0x80000000U) != 0 ? ~bits : bits | 0x80000000U;
}

struct KeyAt {
  std::uint64_t key = 0;
  std::uint32_t place = 0;

  auto operator<=>(const KeyAt&) const = default;
};

std::uint64_t scramble(std::uint64_t key) {
  key *= 0x9E3779B97F4A7C15ULL;
  return key ^ (key >> 32);
}

/// Distinct keys in order of first appearance, by open addressing.
class KeyIndex {
 public:
  KeyIndex() : slots_(1024, kEmpty) {}

  std::uint32_t find_or_add(std::uint64_t key) {
    std::size_t at = scramble(key) & (slots_.size() - 1);
    while (slots_[at] != kEmpty) {
      if (keys_[slots_[at]] == key) return slots_[at];
      at = (at + 1) & (slots_.size() - 1);
    }
    slots_[at] = static_cast<std::uint32_t>(keys_.size());
    keys_.push_back(key);
    if (keys_.size() * 2 > slots_.size()) grow();
    return static_cast<std::uint32_t>(keys_.size() - 1);
  }

  const std::vector<std::uint64_t>& keys() const { return keys_; }

 private:
  static constexpr std::uint32_t kEmpty = 0xFFFFFFFF;

  void grow() {
    slots_.assign(slots_.size() * 4, kEmpty);
    for (std::uint32_t i = 0; i < keys_.size(); ++i) {
      std::size_t at = scramble(keys_[i]) & (slots_.size() - 1);
      while (slots_[at] != kEmpty) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = i;
    }
  }

  std::vector<std::uint32_t> slots_;
  std::vector<std::uint64_t> keys_;
};

/// Few distinct keys: index them, sort the few. nullopt once there are too many for that to pay.
std::optional<Ranks> rank_by_index(std::span<const std::uint64_t> keys, std::size_t most) {
  KeyIndex index;
  Ranks ranks;
  ranks.of.resize(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    ranks.of[i] = index.find_or_add(keys[i]);
    if (index.keys().size() > most) return std::nullopt;
  }
  std::vector<std::uint32_t> order(index.keys().size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return index.keys()[a] < index.keys()[b]; });
  std::vector<std::uint32_t> rank(order.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
  for (std::uint32_t& place : ranks.of) place = rank[place];
  ranks.distinct = static_cast<std::uint32_t>(order.size());
  return ranks;
}

/// Sort (key, place) pairs by key, two bytes at a time from the lowest, each round stable; rounds
/// in which all keys agree are left out: of 32-bit keys there are two.
std::vector<KeyAt> sort_by_digits(std::vector<KeyAt> keys) {
  constexpr int kBits = 16;
  constexpr std::size_t kDigits = std::size_t{1} << kBits;
  std::vector<KeyAt> sorted(keys.size());
  std::vector<std::uint32_t> place(kDigits);
  for (int shift = 0; shift < 64; shift += kBits) {
    const auto digit = [shift](const KeyAt& at) { return (at.key >> shift) % kDigits; };
    std::fill(place.begin(), place.end(), 0);
    for (const KeyAt& at : keys) ++place[digit(at)];
    if (keys.empty() || place[digit(keys[0])] == keys.size()) continue;
    std::exclusive_scan(place.begin(), place.end(), place.begin(), 0U);
    for (const KeyAt& at : keys) sorted[place[digit(at)]++] = at;
    keys.swap(sorted);
  }
  return keys;
}

Ranks rank_by_sorting(std::span<const std::uint64_t> keys) {
  std::vector<KeyAt> sorted(keys.size());
  for (std::uint32_t i = 0; i < keys.size(); ++i) sorted[i] = {keys[i], i};
  constexpr std::size_t kFewKeys = 5000;  // fewer than what a round of digits costs at least
  if (keys.size() > kFewKeys) {
    sorted = sort_by_digits(std::move(sorted));
  } else {
    std::sort(sorted.begin(), sorted.end());
  }
  Ranks ranks;
  ranks.of.resize(keys.size());
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (i > 0 && sorted[i].key != sorted[i - 1].key) ++ranks.distinct;
    ranks.of[sorted[i].place] = ranks.distinct;
  }
  if (!sorted.empty()) ++ranks.distinct;
  return ranks;
}

/// Small whole numbers, as session tables hold: ranked through a table, without hashing.
std::optional<Ranks> rank_small_integers(std::span<const float> values) {
  constexpr std::uint32_t kMost = 1024;
  std::vector<std::uint32_t> rank(kMost + 1, 0);
  for (const float value : values) {
    if (std::isnan(value)) {
      rank[kMost] = 1;
    } else {
      if (!(value >= 0 && value < kMost)) return std::nullopt;
      const auto whole = static_cast<std::uint32_t>(value);
      if (static_cast<float>(whole) != value) return std::nullopt;
      rank[whole] = 1;
    }
  }
  std::uint32_t next = 0;
  for (std::uint32_t& place : rank) place = place != 0 ? next++ : 0;
  Ranks ranks{std::vector<std::uint32_t>(values.size()), next};
  for (std::size_t i = 0; i < values.size(); ++i) {
    ranks.of[i] = rank[std::isnan(values[i]) ? kMost : static_cast<std::uint32_t>(values[i])];
  }
  return ranks;
}

int bits_for(std::uint32_t distinct) { return static_cast<int>(std::bit_width(distinct - 1)); }

/// Order rows that are tied on the columns seen so far by the columns from `first` on.
Ranks refine_ties(const Ranks& coarse, const Columns& columns, std::size_t first) {
  std::vector<std::uint32_t> start(coarse.distinct + 1, 0);
  for (const std::uint32_t rank : coarse.of) ++start[rank + 1];
  std::partial_sum(start.begin(), start.end(), start.begin());
  std::vector<std::uint32_t> order(coarse.of.size());
  std::vector<std::uint32_t> next(start.begin(), start.end() - 1);
  for (std::uint32_t row = 0; row < order.size(); ++row) order[next[coarse.of[row]]++] = row;
  const auto compare = [&](std::uint32_t a, std::uint32_t b) {
    for (std::size_t f = first; f < columns.values.size(); ++f) {
      const std::uint32_t x = sortable(columns.values[f][a]);
      const std::uint32_t y = sortable(columns.values[f][b]);
      if (x != y) return x < y ? -1 : 1;
    }
    return 0;
  };
  Ranks fine{std::vector<std::uint32_t>(order.size()), 0};
  for (std::uint32_t group = 0; group < coarse.distinct; ++group) {
    const auto begin = order.begin() + start[group];
    const auto end = order.begin() + start[group + 1];
    if (end - begin > 1) {
      std::sort(begin, end, [&](std::uint32_t a, std::uint32_t b) { return compare(a, b) < 0; });
    }
    for (auto at = begin; at != end; ++at) {
      if (at != begin && compare(*(at - 1), *at) != 0) ++fine.distinct;
      fine.of[*at] = fine.distinct;
    }
    ++fine.distinct;
  }
  return fine;
}

/// Columns packed into keys so far.
struct Packed {
  std::vector<std::uint64_t> keys;
  int bits = 0;

  void add(const Ranks& ranks) {
    const int width = bits_for(ranks.distinct);
    if (width == 0) return;
    for (std::size_t i = 0; i < keys.size(); ++i) keys[i] = (keys[i] << width) | ranks.of[i];
    bits += width;
  }
};

}  // namespace

Ranks rank_keys(std::span<const std::uint64_t> keys) {
  if (auto ranks = rank_by_index(keys, std::max<std::size_t>(1024, keys.size() / 8))) {
    return *std::move(ranks);
  }
  return rank_by_sorting(keys);
}

Ranks rank_values(std::span<const float> values) {
  if (auto ranks = rank_small_integers(values)) return *std::move(ranks);
  std::vector<std::uint64_t> keys(values.size());
  std::transform(values.begin(), values.end(), keys.begin(), sortable);
  return rank_keys(keys);
}

Ranks rank_rows(const Columns& columns, const Control& control) {
  const std::size_t rows = columns.rows;
  Packed packed{std::vector<std::uint64_t>(rows, 0), 0};
  const std::size_t block = 4 * static_cast<std::size_t>(std::max(control.threads, 1));
  std::size_t ranked_to = 0;
  std::vector<Ranks> ahead(columns.values.size());
  for (std::size_t f = 0; f < columns.values.size(); ++f) {
    if (f == ranked_to) {  // rank some columns at once, but not all: they may not be needed
      ranked_to = std::min(columns.values.size(), f + block);
      parallel_for(control, ranked_to - f,
                   [&](std::size_t i) { ahead[f + i] = rank_values(columns.values[f + i]); });
    }
    if (packed.bits + bits_for(ahead[f].distinct) > 63) {
      const Ranks so_far = rank_keys(packed.keys);
      if (so_far.distinct > rows / 2) return refine_ties(so_far, columns, f);
      std::copy(so_far.of.begin(), so_far.of.end(), packed.keys.begin());
      packed.bits = bits_for(so_far.distinct);
    }
    packed.add(ahead[f]);
    ahead[f] = Ranks{};
  }
  return rank_keys(packed.keys);
}

}  // namespace rarewood

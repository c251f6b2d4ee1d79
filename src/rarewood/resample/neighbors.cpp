#include "rarewood/resample/neighbors.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "rarewood/base/random.hpp"
#include "rarewood/resample/search.hpp"

namespace rarewood {
namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();

/// The k first rows in the order of (distance, drawn key).
class FirstRows {
 public:
  FirstRows(std::span<const PatternCount> counts, std::uint32_t self, const NearestOptions& options)
      : counts_(counts), self_(self), options_(options) {
    rows_.reserve(options.k);
  }

  double limit() const { return rows_.size() < options_.k ? kInfinite : rows_.back().distance; }

  /// The keys of a group's n rows are n exponential numbers; they are drawn in ascending order, as
  /// far as they are wanted. \source Renyi 1953: their gaps are exponential, of rates n, n - 1, ..
  void offer(std::uint32_t group, double distance) {
    KeyedDraws draws(KeyedDraws(options_.seed + self_).bits() + group);
    double key = 0;
    for (std::uint64_t left = counts_[group].rows() - (group == self_ ? 1U : 0U); left > 0;
         --left) {
      const double uniform = static_cast<double>(draws.bits() >> 11) * 0x1p-53;
      key -= std::log1p(-uniform) / static_cast<double>(left);
      if (!insert({distance, key, group})) return;
    }
  }

  void write(NearestRows& to, std::size_t query) const {
    for (std::size_t i = 0; i < rows_.size(); ++i) to.groups[query * to.k + i] = rows_[i].group;
    to.reach[query] = rows_.back().distance;
  }

 private:
  struct Row {
    double distance;
    double key;
    std::uint32_t group;

    bool operator<(const Row& other) const {
      return std::tie(distance, key, group) < std::tie(other.distance, other.key, other.group);
    }
  };

  bool insert(const Row& row) {
    if (rows_.size() == options_.k) {
      if (!(row < rows_.back())) return false;
      rows_.pop_back();
    }
    rows_.insert(std::upper_bound(rows_.begin(), rows_.end(), row), row);
    return true;
  }

  std::span<const PatternCount> counts_;
  std::uint32_t self_;
  NearestOptions options_;
  std::vector<Row> rows_;
};

/// Rows by class at each of the smallest distances, as many distances as k rows need.
class FirstDistances {
 public:
  FirstDistances(std::span<const PatternCount> counts, const RowQuery& query, std::uint32_t k)
      : counts_(counts), query_(query), k_(k) {}

  double limit() const { return rows_ < k_ ? query_.reach : levels_.back().distance; }

  void offer(std::uint32_t group, double distance) {
    ClassTotals found{counts_[group].n0, counts_[group].n1};
    if (group == query_.group) --(query_.positive ? found.n1 : found.n0);
    if (found.rows() == 0) return;
    auto at = std::lower_bound(levels_.begin(), levels_.end(), distance,
                               [](const Level& l, double d) { return l.distance < d; });
    if (at == levels_.end() || at->distance != distance) at = levels_.insert(at, {distance, {}});
    at->rows.n0 += found.n0;
    at->rows.n1 += found.n1;
    rows_ += found.rows();
    while (rows_ - levels_.back().rows.rows() >= k_) {
      rows_ -= levels_.back().rows.rows();
      levels_.pop_back();
    }
  }

  ClassTally tally() const {
    ClassTally tally;
    for (std::size_t i = 0; i + 1 < levels_.size(); ++i) {
      tally.nearer.n0 += levels_[i].rows.n0;
      tally.nearer.n1 += levels_[i].rows.n1;
    }
    tally.tied = levels_.back().rows;
    tally.places = k_ - tally.nearer.rows();
    return tally;
  }

 private:
  struct Level {
    double distance;
    ClassTotals rows;
  };

  std::span<const PatternCount> counts_;
  RowQuery query_;
  std::uint64_t k_;
  std::vector<Level> levels_;
  std::uint64_t rows_ = 0;
};

std::uint64_t of_class(const ClassTotals& totals, bool positive) {
  return positive ? totals.n1 : totals.n0;
}

}  // namespace

NearestRows nearest_rows(const SearchRows& rows, std::span<const PatternCount> counts,
                         std::span<const std::uint32_t> queries, const NearestOptions& options,
                         const Control& control) {
  NearestRows found{options.k, std::vector<std::uint32_t>(queries.size() * options.k),
                    std::vector<double>(queries.size(), 0.0)};
  std::vector<const float*> values;
  std::vector<std::size_t> place;
  std::vector<std::uint32_t> near;
  for (std::size_t q = 0; q < queries.size(); ++q) {
    if (counts[queries[q]].rows() > options.k) {  // its own copies are nearest
      std::fill_n(found.groups.begin() + static_cast<std::ptrdiff_t>(q * options.k), options.k,
                  queries[q]);
    } else {
      values.push_back(rows.row(queries[q]));
      near.push_back(queries[q]);
      place.push_back(q);
    }
  }
  search(
      rows, {values, near},
      [&](std::size_t i) { return FirstRows(counts, queries[place[i]], options); },
      [&](std::size_t i, const FirstRows& first) { first.write(found, place[i]); }, control);
  return found;
}

std::vector<ClassTally> nearest_classes(const SearchRows& rows,
                                        std::span<const PatternCount> counts,
                                        std::span<const RowQuery> queries, std::uint32_t k,
                                        const Control& control) {
  std::vector<ClassTally> found(queries.size());
  std::vector<const float*> values;
  std::vector<std::size_t> place;
  std::vector<std::uint32_t> near;
  for (std::size_t q = 0; q < queries.size(); ++q) {
    const std::uint32_t group = queries[q].group;
    if (group != RowQuery::kOutside && counts[group].rows() > k) {
      FirstDistances own(counts, queries[q], k);
      own.offer(group, 0);
      found[q] = own.tally();
    } else {
      values.push_back(queries[q].values);
      near.push_back(group != RowQuery::kOutside ? group : 0);
      place.push_back(q);
    }
  }
  search(
      rows, {values, near},
      [&](std::size_t i) { return FirstDistances(counts, queries[place[i]], k); },
      [&](std::size_t i, const FirstDistances& first) { found[place[i]] = first.tally(); },
      control);
  return found;
}

double ClassTally::expected(bool positive) const {
  const double share =
      static_cast<double>(of_class(tied, positive)) / static_cast<double>(tied.rows());
  return static_cast<double>(of_class(nearer, positive)) + share * static_cast<double>(places);
}

std::vector<double> ClassTally::chances(bool positive) const {
  const std::uint64_t sure = of_class(nearer, positive);
  std::vector<double> chance(nearer.rows() + places + 1, 0.0);
  chance[sure] = 1;
  // Draw the places one by one without putting back.
  const auto marked = static_cast<double>(of_class(tied, positive));
  const auto all = static_cast<double>(tied.rows());
  for (std::uint64_t drawn = 0; drawn < places; ++drawn) {
    for (std::uint64_t x = drawn + 1; x-- > 0;) {
      const double hit =
          std::max(0.0, marked - static_cast<double>(x)) / (all - static_cast<double>(drawn));
      const double mass = chance[sure + x];
      chance[sure + x] = mass * (1 - std::min(1.0, hit));
      chance[sure + x + 1] += mass * std::min(1.0, hit);
    }
  }
  return chance;
}

std::uint64_t search_memory(std::uint64_t rows, std::uint64_t features) {
  return rows * (features * (sizeof(float) + 2) + 32);
}

}  // namespace rarewood

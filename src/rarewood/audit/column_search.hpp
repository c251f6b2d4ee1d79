#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "rarewood/feature/schema.hpp"
#include "rarewood/pattern/cells.hpp"

namespace rarewood {

/// All rows of one pattern, whatever their fold.
struct PatternRows {
  std::uint32_t pattern = 0;
  std::uint64_t n0 = 0;
  std::uint64_t n1 = 0;
};

/// The whole search: what each column's rules are judged by.
struct RuleSearch {
  const Patterns& patterns;
  std::vector<PatternRows> rows;
  const FeatureSchema& schema;
  ClassTotals totals;
  double log_chance = 0;  ///< a rule's log probability must lie below
};

/// The values rows of one class take.
struct ValueSpread {
  float lowest = std::numeric_limits<float>::infinity();
  float highest = -std::numeric_limits<float>::infinity();
  std::uint64_t missing = 0;

  void add(float value, std::uint64_t rows) {
    if (rows == 0) return;
    if (std::isnan(value)) {
      missing += rows;
    } else {
      lowest = std::min(lowest, value);
      highest = std::max(highest, value);
    }
  }
};

/// A value (or missing) and the rows of the class in question that have it.
struct ValueRows {
  float value = 0;
  std::uint64_t rows = 0;
};

/// log of the chance that `drawn` rows, drawn from all at random, are all of a class of `of_class`.
inline double log_chance_of_purity(std::uint64_t drawn, std::uint64_t of_class, std::uint64_t all,
                                   double enough) {
  double sum = 0;
  for (std::uint64_t i = 0; i < drawn && sum >= enough; ++i) {
    sum += std::log(static_cast<double>(of_class - i) / static_cast<double>(all - i));
  }
  return sum;
}

/// One column, seen from one class: `own` rows and `other` rows.
class ColumnSearch {
 public:
  ColumnSearch(const RuleSearch& search, std::size_t feature, std::uint64_t PatternRows::* own,
               std::uint64_t PatternRows::* other)
      : search_(search),
        column_(search.patterns.column(feature)),
        ordered_(search.patterns.category_counts[feature] == 0),
        own_(own),
        other_(other) {
    for (const PatternRows& each : search.rows) {
      own_spread_.add(column_[each.pattern], each.*own_);
      other_spread_.add(column_[each.pattern], each.*other_);
      own_rows_ += each.*own_;
    }
  }

  /// The one value that all own rows have and no other row; no rows where there is none.
  ValueRows only_value() const {
    const ValueSpread& own = own_spread_;
    const bool missing = own.missing == own_rows_;
    if (!missing && (own.missing > 0 || own.lowest != own.highest)) return {};
    std::vector<ValueRows> value{
        {missing ? std::numeric_limits<float>::quiet_NaN() : own.lowest, own_rows_}};
    drop_impure(value);
    return value.empty() ? ValueRows{} : value.front();
  }

  /// Values that only own rows have, at least `support` of them each; most rows first.
  std::vector<ValueRows> pure_values(std::uint64_t support) const {
    std::vector<ValueRows> values = common_values(support);
    if (own_spread_.missing >= support)
      values.push_back({std::numeric_limits<float>::quiet_NaN(), own_spread_.missing});
    drop_impure(values);
    std::sort(values.begin(), values.end(), [](const ValueRows& a, const ValueRows& b) {
      if (a.rows != b.rows) return a.rows > b.rows;
      return a.value < b.value || (std::isnan(b.value) && !std::isnan(a.value));
    });
    return values;
  }

  /// Own rows above every other row (upper) or below, and the value nearest to the others.
  ValueRows pure_end(bool upper) const {
    ValueRows end{upper ? own_spread_.highest : own_spread_.lowest, 0};
    if (!ordered_) return end;
    for (const PatternRows& each : search_.rows) {
      const float value = column_[each.pattern];
      const bool beyond = upper ? value > other_spread_.highest : value < other_spread_.lowest;
      if (!beyond || each.*own_ == 0) continue;
      end.rows += each.*own_;
      end.value = upper ? std::min(end.value, value) : std::max(end.value, value);
    }
    if (!beyond_chance(end.rows)) end.rows = 0;
    return end;
  }

  std::uint64_t own_rows() const { return own_rows_; }
  bool others_are_missing() const { return other_spread_.lowest > other_spread_.highest; }
  /// One value (or none, or missing) stands for "not yet" in all rows of the other class.
  bool others_are_alike() const { return other_spread_.lowest >= other_spread_.highest; }

 private:
  /// Values with at least `support` own rows, ascending; missing is left out.
  std::vector<ValueRows> common_values(std::uint64_t support) const {
    std::vector<ValueRows> values;
    for (const PatternRows& each : search_.rows) {
      const float value = column_[each.pattern];
      if (each.*own_ > 0 && !std::isnan(value)) values.push_back({value, each.*own_});
    }
    std::sort(values.begin(), values.end(),
              [](const ValueRows& a, const ValueRows& b) { return a.value < b.value; });
    std::vector<ValueRows> merged;
    for (const ValueRows& each : values) {
      if (merged.empty() || merged.back().value != each.value) merged.push_back({each.value, 0});
      merged.back().rows += each.rows;
    }
    std::erase_if(merged, [&](const ValueRows& each) { return each.rows < support; });
    return merged;
  }

  /// Keep the values that no other row has and that chance does not explain.
  /// \param values  ascending, missing last
  void drop_impure(std::vector<ValueRows>& values) const {
    const auto below = [](const ValueRows& each, float value) { return each.value < value; };
    for (const PatternRows& each : search_.rows) {
      if (each.*other_ == 0) continue;
      const float value = column_[each.pattern];
      const auto at = std::lower_bound(values.begin(), values.end(), value, below);
      if (at != values.end() && at->value == value) at->rows = 0;
    }
    std::erase_if(values, [&](const ValueRows& each) {
      return !beyond_chance(each.rows) || (std::isnan(each.value) && other_spread_.missing > 0);
    });
  }

  bool beyond_chance(std::uint64_t rows) const {
    return rows > 0 && log_chance_of_purity(rows, own_rows_, search_.totals.rows(),
                                            search_.log_chance) < search_.log_chance;
  }

  const RuleSearch& search_;
  std::span<const float> column_;
  bool ordered_;
  std::uint64_t PatternRows::* own_;
  std::uint64_t PatternRows::* other_;
  ValueSpread own_spread_;
  ValueSpread other_spread_;
  std::uint64_t own_rows_ = 0;
};

}  // namespace rarewood

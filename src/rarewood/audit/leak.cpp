#include "rarewood/audit/leak.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <span>
#include <string>

#include <fmt/format.h>

#include "rarewood/base/parallel.hpp"
#include "rarewood/base/text.hpp"

namespace rarewood {
namespace {

constexpr std::uint64_t kMinSupport = 20;
constexpr double kMinShare = 0.05;     ///< of all positive rows, for a single value
constexpr double kMinEndShare = 0.95;  ///< for an end of the scale: honest columns have pure tails
constexpr double kMaxChance = 1e-6;
constexpr std::size_t kMostNamed = 3;
constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();

/// All rows of one pattern, whatever their fold.
struct PatternRows {
  std::uint32_t pattern = 0;
  std::uint64_t n0 = 0;
  std::uint64_t n1 = 0;
};

/// The whole search: what each column's rules are judged by.
struct Search {
  const Patterns& patterns;
  std::vector<PatternRows> rows;
  const FeatureSchema& schema;
  ClassTotals totals;
  double log_chance = 0;  ///< a rule's log probability must lie below
};

/// The values rows of one class take.
struct Spread {
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
double log_chance_of_purity(std::uint64_t drawn, std::uint64_t of_class, std::uint64_t all,
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
  ColumnSearch(const Search& search, std::size_t feature, std::uint64_t PatternRows::* own,
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
    const Spread& own = own_spread_;
    const bool missing = own.missing == own_rows_;
    if (!missing && (own.missing > 0 || own.lowest != own.highest)) return {};
    std::vector<ValueRows> value{{missing ? kMissing : own.lowest, own_rows_}};
    drop_impure(value);
    return value.empty() ? ValueRows{} : value.front();
  }

  /// Values that only own rows have, at least `support` of them each; most rows first.
  std::vector<ValueRows> pure_values(std::uint64_t support) const {
    std::vector<ValueRows> values = common_values(support);
    if (own_spread_.missing >= support) values.push_back({kMissing, own_spread_.missing});
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

  const Search& search_;
  std::span<const float> column_;
  bool ordered_;
  std::uint64_t PatternRows::* own_;
  std::uint64_t PatternRows::* other_;
  Spread own_spread_;
  Spread other_spread_;
  std::uint64_t own_rows_ = 0;
};

std::string value_text(const Feature& feature, float value) {
  if (std::isnan(value)) return "missing";
  if (feature.kind == FeatureKind::boolean) return value != 0 ? "true" : "false";
  if (feature.kind == FeatureKind::number) return fmt::format("{}", value);
  const auto code = static_cast<std::size_t>(value);
  return code < feature.categories.size() ? feature.categories[code] : fmt::format("{}", value);
}

/// "engagement_depth = 7", "country = FR or DE"
std::string equals_text(const Feature& feature, const std::vector<ValueRows>& values) {
  if (values.size() == 1 && std::isnan(values[0].value)) return feature.name + " is missing";
  std::string text = feature.name + " = ";
  for (std::size_t i = 0; i < std::min(values.size(), kMostNamed); ++i) {
    text += (i > 0 ? " or " : "") + value_text(feature, values[i].value);
  }
  if (values.size() > kMostNamed) {
    text += " or one of " + std::to_string(values.size() - kMostNamed) + " others";
  }
  return text;
}

std::uint64_t sum_of(const std::vector<ValueRows>& values) {
  std::uint64_t sum = 0;
  for (const ValueRows& each : values) sum += each.rows;
  return sum;
}

/// Evidence for the rules of one column, the strongest first found.
class ColumnRules {
 public:
  ColumnRules(const Search& search, std::size_t feature)
      : search_(search),
        feature_(search.schema.features[feature]),
        positives_(search, feature, &PatternRows::n1, &PatternRows::n0),
        negatives_(search, feature, &PatternRows::n0, &PatternRows::n1) {}

  std::optional<std::string> evidence() const {
    const Target& target = search_.schema.target;
    if (auto found = exact(positives_, class_text(target.positive))) return found;
    if (auto found = exact(negatives_, class_text(target.negative))) return found;
    return of_positives();
  }

 private:
  std::string class_text(const std::string& label) const {
    return search_.schema.target.name + " = " + label;
  }

  /// "a >= 7" or "a <= 7"
  std::string end_text(bool upper, const ValueRows& end) const {
    return feature_.name + (upper ? " >= " : " <= ") + value_text(feature_, end.value);
  }

  static std::string exact_text(const std::string& rule, const std::string& class_text,
                                std::uint64_t rows) {
    return rule + " exactly where " + class_text + ": in all " + thousands(rows) +
           " such rows and in no other.";
  }

  /// One value, or one end of the scale, is the class.
  std::optional<std::string> exact(const ColumnSearch& side, const std::string& class_text) const {
    const ValueRows only = side.only_value();
    if (only.rows > 0) return exact_text(equals_text(feature_, {only}), class_text, only.rows);
    for (const bool upper : {true, false}) {
      const ValueRows end = side.pure_end(upper);
      if (end.rows == side.own_rows()) {
        return exact_text(end_text(upper, end), class_text, end.rows);
      }
    }
    return std::nullopt;
  }

  std::string partial_text(const std::string& rule, std::uint64_t rows) const {
    const std::string positive = class_text(search_.schema.target.positive);
    const double share = static_cast<double>(rows) / static_cast<double>(search_.totals.n1) * 100;
    return rule + " in " + thousands(rows) + " rows, and " + positive +
           " in every one of them: " + fixed(share, 1) + " % of all such rows.";
  }

  std::uint64_t share_of_positives(double share) const {
    const double rows = share * static_cast<double>(search_.totals.n1);
    return std::max(kMinSupport, static_cast<std::uint64_t>(std::ceil(rows)));
  }

  /// An end of the scale with at least this share of the positive rows.
  std::optional<std::string> pure_end(double share) const {
    for (const bool upper : {true, false}) {
      const ValueRows end = positives_.pure_end(upper);
      if (end.rows >= share_of_positives(share)) {
        return partial_text(end_text(upper, end), end.rows);
      }
    }
    return std::nullopt;
  }

  /// Several values, or a part of the positive rows.
  std::optional<std::string> of_positives() const {
    std::vector<ValueRows> values = positives_.pure_values(kMinSupport);
    if (sum_of(values) == search_.totals.n1) {
      return exact_text(equals_text(feature_, values), class_text(search_.schema.target.positive),
                        search_.totals.n1);
    }
    if (positives_.others_are_missing()) {
      if (auto found = pure_end(kMinShare)) return found;
    }
    std::erase_if(values, [least = share_of_positives(kMinShare)](const ValueRows& each) {
      return each.rows < least;
    });
    if (!values.empty()) return partial_text(equals_text(feature_, values), sum_of(values));
    return pure_end(kMinEndShare);
  }

  const Search& search_;
  const Feature& feature_;
  ColumnSearch positives_;
  ColumnSearch negatives_;
};

std::string remedy_for(const FeatureSchema& schema, const std::string& column) {
  const std::string leave_out =
      "It is probably known only after the outcome: leave it out with --exclude " + column;
  if (schema.prediction_point.empty())
    return leave_out + ", or replace it by what was known before.";
  return leave_out + ", or fix an earlier prediction point: rarewood features --as-of 10min.";
}

Search make_search(const CellTable& table, const FeatureSchema& schema) {
  Search search{*table.patterns, {}, schema, class_totals(table.cells)};
  for (const Cell& cell : table.cells) {  // sorted by pattern
    if (search.rows.empty() || search.rows.back().pattern != cell.pattern) {
      search.rows.push_back({cell.pattern, 0, 0});
    }
    search.rows.back().n0 += cell.n0;
    search.rows.back().n1 += cell.n1;
  }
  // No column has more values than there are patterns.
  const double tests = static_cast<double>(schema.features.size()) *
                       static_cast<double>(std::max<std::size_t>(table.patterns->count, 1));
  search.log_chance = std::log(kMaxChance / tests);
  return search;
}

}  // namespace

std::vector<Finding> find_leaks(const CellTable& table, const FeatureSchema& schema,
                                const Control& control) {
  const Search search = make_search(table, schema);
  if (search.totals.n0 == 0 || search.totals.n1 == 0) return {};
  std::vector<std::optional<std::string>> evidence(schema.features.size());
  parallel_for(control, evidence.size(),
               [&](std::size_t f) { evidence[f] = ColumnRules(search, f).evidence(); });
  std::vector<Finding> findings;
  for (std::size_t f = 0; f < evidence.size(); ++f) {
    const std::string& column = schema.features[f].name;
    if (evidence[f]) {
      findings.push_back({"leak", column, *evidence[f], remedy_for(schema, column)});
    }
  }
  return findings;
}

}  // namespace rarewood

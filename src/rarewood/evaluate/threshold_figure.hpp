#pragma once

#include <cstddef>

#include "rarewood/evaluate/curve.hpp"
#include "rarewood/evaluate/metrics.hpp"
#include "rarewood/evaluate/threshold_rule.hpp"

namespace rarewood {

/// A row as a figure sees it.
struct DecidedRow {
  bool positive = false;
  bool flagged = false;
  double own_cost = 0;  ///< see ScoreCount::cost
};

/// Every figure is a ratio of two sums over rows.
struct RatioTerms {
  double part = 0;
  double whole = 0;

  /// 0 where undefined.
  double ratio() const { return whole > 0 ? part / whole : 0; }
};

/// What one row adds to both sums; nothing for a fixed number.
RatioTerms terms_of(const ThresholdRule& rule, const DecidedRow& row);

/// \param flags  [entries]
RatioTerms sums_of(const ThresholdRule& rule, const ScoreList& list, const Flags& flags);

/// The figure a rule is about, where the rows of a point are flagged: F-beta, mean cost of a row,
/// net benefit of a row, recall, precision, share of rows flagged. 0 where undefined, and for a
/// fixed number.
/// \source net benefit: Vickers and Elkin 2006
double figure_at(const ThresholdRule& rule, const CurvePoint& flagged, const ClassTotals& totals);
double figure_of(const ThresholdRule& rule, const Confusion& confusion);

/// The curve with what each point costs, where rows have costs of their own; else as it is. Summed
/// from the highest score down, of equal scores in the order of the list.
/// \param list  the curve was made of
Curve with_costs(const ThresholdRule& rule, const ScoreList& list, Curve curve);

/// True if the first point is better than the second. F-beta of whole beta is compared exactly.
/// \param rule  the best of a figure
bool is_better(const ThresholdRule& rule, const CurvePoint& first, const CurvePoint& second,
               const ClassTotals& totals);

/// How much worse `point` is than `best`, in standard errors of that difference; 0 for itself.
///
/// Both flag the same likeliest rows, so that only the rows between them, and what these do to the
/// ratio, make the difference uncertain.
/// \param rule  the best of a figure
/// \source delta method on Poisson numbers of rows, docs/method/threshold.md
double errors_behind(const ThresholdRule& rule, const CurvePoint& best, const CurvePoint& point,
                     const ClassTotals& totals);

/// Where the best threshold lies if the probabilities are right: F / (1 + beta^2), or what the
/// costs say; NaN for the rules without such a place.
/// \param best_figure  the rule's figure at its best threshold
/// \source Lipton, Elkan and Narayanaswamy 2014; Elkan 2001
double expected_threshold(const ThresholdRule& rule, double best_figure);

}  // namespace rarewood

#pragma once

#include <cstdint>
#include <vector>

#include "rarewood/pattern/cells.hpp"
#include "rarewood/pattern/scores.hpp"

namespace rarewood {

/// The rows that would be flagged if the threshold lay at `score`: all of this score or higher.
struct CurvePoint {
  double score = 0;
  std::uint64_t n0 = 0;  ///< flagged rows of the negative class
  std::uint64_t n1 = 0;  ///< flagged rows of the positive class
  // Where rows have costs of their own, see with_costs():
  double cost = 0;     ///< sum over all rows
  double squares = 0;  ///< sum over flagged rows of the square of what flagging each changes
};

/// All that thresholds can do: one point a distinct score, from the highest score down. The last
/// point flags every row. Both the ROC and the precision-recall curve are read from it.
struct Curve {
  std::vector<CurvePoint> points;
  ClassTotals totals;
  double cost_of_nobody = 0;  ///< CurvePoint::cost where no row is flagged
};

/// Sort, merge equal scores, add up. Entries without rows are left out.
/// \throws Error(bug) if a score is NaN
/// \cost O(n log n)
Curve make_curve(const ScoreList& list);

/// The same list with the scores ascending, each once.
ScoreList merged(const ScoreList& list);

}  // namespace rarewood

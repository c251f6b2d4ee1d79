#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rarewood/evaluate/contestant.hpp"
#include "rarewood/feature/scored_rows.hpp"
#include "rarewood/workflow/evaluate_options.hpp"

namespace rarewood {

/// The probabilities that scores stand for; of ranks their place in the order, in (0, 1]. Different
/// scores stay different, whatever a probability rounds to.
/// \throws Error(data) for a score that is not on the scale, with its row
std::vector<double> on_scale(const std::vector<double>& scores, const EvaluateOptions& options,
                             const std::string& column);

/// Which rows are predicted positive.
struct GivenFlags {
  Flags flags;           ///< [rows]
  double threshold = 0;  ///< a probability, of ranks a score; the mean of several
  double lowest = 0;     ///< of several
  double highest = 0;
  std::string by = {};  ///< the column that decided; "" = the threshold did
};

/// What a column decided; the threshold is the least score of a row that is positive by it, and 1
/// where none is.
/// \param decided, scores  [rows]
GivenFlags decided_flags(const std::vector<std::uint8_t>& decided,
                         const std::vector<double>& scores, const std::string& column);

/// By what rows are dealt out into fifths.
struct Dealing {
  std::vector<std::uint64_t> keys;    ///< [rows] of the group; empty without groups
  std::vector<std::uint32_t> places;  ///< [rows] of places_of_rows(); empty: rows of a score alike
};

/// [rows] their places in the order of all that they are judged by: label, scores, cost and levels.
/// Rows that are equal in all of it share a place.
std::vector<std::uint32_t> places_of_rows(const ScoredRows& rows);

/// The threshold rule of the options: a number, or "f1" or "cost": for each fifth of the rows the
/// best of the others, so that no row decides about itself. Rows of one key are in one fifth;
/// without keys, rows are dealt out in the order of label, score and place, so that their order in
/// the table does not matter.
/// \param scores  [rows] as given
/// \throws Error(usage) for a rule that makes no sense on the scale; Error(data) if all rows are of
///         one group, or all positive rows in one fifth
GivenFlags given_flags(const ScoreList& list, const std::vector<double>& scores,
                       const Dealing& dealing, const EvaluateOptions& options);

}  // namespace rarewood

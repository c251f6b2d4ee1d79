#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "rarewood/model/model.hpp"
#include "rarewood/pattern/scores.hpp"

namespace rarewood {

/// Neighbouring scores that share a rate of positive rows.
struct IsotonicBlock {
  double lowest = 0;  ///< raw scores
  double highest = 0;
  double mean = 0;  ///< of the rows' raw scores
  std::uint64_t n0 = 0;
  std::uint64_t n1 = 0;

  double rate() const { return static_cast<double>(n1) / static_cast<double>(n0 + n1); }
};

/// The non-decreasing rates of highest likelihood, as blocks of rising rate, by ascending score.
/// \source pool adjacent violators: Ayer et al. 1955; compared exactly, as fractions
std::vector<IsotonicBlock> isotonic_blocks(const ScoreList& scores);

/// A block with fewer rows of either class than this is joined with its neighbour: its rate would
/// be little more than chance, and 0 or 1 is no probability.
inline constexpr std::uint64_t kFewestInBlock = 10;

/// Isotonic calibration whose steps are straight lines from the centre of one block to that of the
/// next, so that all scores keep their order.
///
/// Before the first and after the last centre the lines go on, but not nearer to 0 or 1 than half
/// way from the block's rate. The whole is then moved so that the mean probability is the share of
/// positive rows. Method "isotonic".
/// \return nothing if there are not two blocks with kFewestInBlock rows of each class
/// \source Oron and Flournoy 2017, "Centered isotonic regression"
std::optional<Calibrator> fit_isotonic(const OofScores& scores);

}  // namespace rarewood

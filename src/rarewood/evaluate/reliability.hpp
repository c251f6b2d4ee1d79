#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "rarewood/evaluate/bootstrap_plan.hpp"
#include "rarewood/evaluate/calibration_figures.hpp"
#include "rarewood/evaluate/entry_blocks.hpp"
#include "rarewood/pattern/cells.hpp"
#include "rarewood/pattern/scores.hpp"

namespace rarewood {

/// Bins of the reliability curve and of the expected calibration error.
inline constexpr std::size_t kReliabilityBins = 10;

/// Bins of about equally many rows, by ascending probability; rows of one probability stay
/// together, so there may be fewer.
/// \param probabilities  in [0, 1]
std::vector<ReliabilityBin> reliability_curve(const ScoreList& probabilities,
                                              std::size_t bins = kReliabilityBins);

/// The same with the intervals of the bins' rates by whole groups.
/// \param by_group  the same rows; empty: they are independent
std::vector<ReliabilityBin> reliability_curve(const ScoreList& probabilities,
                                              const EntryBlocks& by_group);

/// Mean distance of a bin's rate from its mean probability, weighted by its rows.
double calibration_error(const std::vector<ReliabilityBin>& bins);

/// How well probabilities say what share of rows is positive.
/// \param probabilities  in [0, 1], of rows of both classes
/// \param by_group       the same rows; empty: they are independent
CalibrationFigures calibration_figures(const ScoreList& probabilities, const EntryBlocks& by_group,
                                       const BootstrapPlan& draws);

/// Says that the mean probability is not the share of positive rows, and that the slope is far from
/// 1, each where it is so beyond chance.
std::vector<std::string> calibration_warnings(const CalibrationFigures& figures);

}  // namespace rarewood

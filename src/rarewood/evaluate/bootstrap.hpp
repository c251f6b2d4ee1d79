#pragma once

#include <cstdint>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/evaluate/bootstrap_plan.hpp"
#include "rarewood/evaluate/entry_blocks.hpp"
#include "rarewood/evaluate/metrics.hpp"
#include "rarewood/evaluate/ranking.hpp"

namespace rarewood {

/// Metrics of one model in each bootstrap draw, [draws].
using MetricDraws = std::vector<Metrics>;

/// Draw the rows again and again, and work out every model's metrics on each draw.
///
/// How often a row is drawn is a Poisson number of mean 1, so the copies of n equal rows are one
/// Poisson number of mean n: a draw costs the entries, not the rows. All models see the same draws:
/// differences between them are paired. Draws that lack a class are left out.
/// \param rows      their counts are drawn; in the order the rankings were made from
/// \param rankings  one a model
/// \param blocks    of the same rows: whole blocks are drawn
/// \return [rankings][draws that have both classes]; the same for any number of threads
/// \source Chamandy et al. 2012, "Estimating uncertainty for massive data streams"
std::vector<MetricDraws> bootstrap(const ScoreList& rows, const std::vector<Ranking>& rankings,
                                   const EntryBlocks& blocks, const BootstrapPlan& plan,
                                   const Control& control);

}  // namespace rarewood

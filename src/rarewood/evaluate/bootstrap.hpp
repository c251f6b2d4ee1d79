#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/evaluate/judgement.hpp"
#include "rarewood/evaluate/metrics.hpp"
#include "rarewood/evaluate/ranking.hpp"

namespace rarewood {

struct BootstrapPlan {
  std::uint64_t draws = 1000;
  std::uint64_t seed = 42;
  /// [entries] the block of rows each belongs to, 0 .. blocks-1: whole blocks are drawn. Empty:
  /// rows are drawn one by one.
  std::span<const std::uint32_t> blocks = {};
};

/// Metrics of one model in each bootstrap draw, [draws].
using MetricDraws = std::vector<Metrics>;

/// Draw the rows again and again, and work out every model's metrics on each draw.
///
/// How often a row is drawn is a Poisson number of mean 1, so the copies of n equal rows are one
/// Poisson number of mean n: a draw costs the entries, not the rows. All models see the same draws:
/// differences between them are paired. Draws that lack a class are left out.
/// \param rows      their counts are drawn; in the order the rankings were made from
/// \param rankings  one a model
/// \return [rankings][draws that have both classes]; the same for any number of threads
/// \source Chamandy et al. 2012, "Estimating uncertainty for massive data streams"
std::vector<MetricDraws> bootstrap(const ScoreList& rows, const std::vector<Ranking>& rankings,
                                   const BootstrapPlan& plan, const Control& control);

/// From the 2.5th to the 97.5th percentile, linear between neighbours; NaN without values.
Interval percentile_interval(std::vector<double> values);

}  // namespace rarewood

#pragma once

#include "rarewood/resample/resampler.hpp"

namespace rarewood {

/// The share of the rows added to the rarer class that lie where only the other class lives: every
/// original row nearest to them is of that other class. A synthetic row that equals an original
/// pattern is nearest to its rows. Of the rows that equal none, at most 1,000 drawn at random are
/// looked at; the share is then good to some hundredths.
/// \param before, after  a part without and with the added rows; weights change nothing
/// \return 0..1; 0 where no row was added
/// \throws Error(data) where it passes the memory limit
/// \cost 1,000 x patterns x features
/// \source Hassanat et al. 2022, arXiv 2202.03579
double share_among_majority(const FitPart& before, const FitPart& after, std::uint64_t seed,
                            const Control& control);

}  // namespace rarewood

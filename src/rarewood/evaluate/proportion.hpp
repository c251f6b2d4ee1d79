#pragma once

#include "rarewood/evaluate/judgement.hpp"

namespace rarewood {

/// Of the normal distribution, for two-sided 95 % intervals.
inline constexpr double kNormal95 = 1.959963984540054;

/// k of n trials had a success. Not whole where clustered rows count as fewer independent ones.
struct Trials {
  double k = 0;
  double n = 0;
};

/// Wilson's score interval, 0 to 1 without trials.
/// \param quantile  1.96, or of Student's distribution where the number of trials is an estimate
/// \source Wilson 1927; Brown, Cai and DasGupta 2001
Interval wilson(const Trials& trials, double quantile = kNormal95);

/// The exact interval: covers at least 95 % at any n. 0 to 1 without trials.
/// \source Clopper and Pearson 1934; with numbers that are not whole Korn and Graubard 1998
Interval clopper_pearson(const Trials& trials);

}  // namespace rarewood

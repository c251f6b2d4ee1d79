#pragma once

#include <map>
#include <string>
#include <vector>

#include "rarewood/evaluate/judgement.hpp"

namespace rarewood {

/// The shop's targets (F1, AUC, recall, precision; minimum and good), judged by 95 % intervals: met
/// if the whole interval lies above the target, not met if it lies wholly at or below, else
/// uncertain.
/// \param leak  a column gives the answer away: nothing is judged
std::vector<TargetCheck> judge_targets(const std::map<std::string, Interval>& intervals, bool leak);

}  // namespace rarewood

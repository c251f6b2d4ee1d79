#pragma once

#include <optional>
#include <vector>

#include "rarewood/evaluate/alert_once.hpp"
#include "rarewood/evaluate/unit_draws.hpp"
#include "rarewood/report/horizon_record.hpp"
#include "rarewood/workflow/horizon_look.hpp"

namespace rarewood {

/// The set of looks as one alert, ready to be judged on draws.
struct JudgedAlert {
  HorizonAlert alert;
  std::optional<AlertJudge> judge;  ///< nothing where there is no look to judge
  std::vector<AlertFigures> draws;
};

/// Choose the threshold of all looks on rows that are not judged by it: out of fold on the training
/// part, or for each fold on the other folds.
/// \param looks  in order of time
JudgedAlert judge_alert(const std::vector<PointLook>& looks, const LookPlan& plan);

/// With its figures and their intervals.
HorizonAlert filled_alert(const JudgedAlert& judged, const UnitCounts& once);

}  // namespace rarewood

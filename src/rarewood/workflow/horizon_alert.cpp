#include "rarewood/workflow/horizon_alert.hpp"

#include <algorithm>
#include <limits>

namespace rarewood {
namespace {

using Kind = PredictionPoint::Kind;

/// The looks an alert is chosen from: the times, or else the pages, that could be judged.
std::vector<const PointLook*> alert_looks(const std::vector<PointLook>& looks) {
  for (const Kind kind : {Kind::elapsed, Kind::page}) {
    std::vector<const PointLook*> chosen;
    for (const PointLook& look : looks) {
      if (look.rules.point.kind == kind && look.reason.empty()) chosen.push_back(&look);
    }
    if (!chosen.empty()) return chosen;
  }
  return {};
}

/// One threshold for each training fold, chosen on the others, or one chosen on the training part.
UnitThresholds choose_thresholds(const std::vector<const PointLook*>& looks, const LookPlan& plan,
                                 HorizonAlert& alert) {
  const std::size_t units = plan.journeys.sessions();
  UnitThresholds thresholds(units);
  std::vector<const Look*> chosen_on;
  for (const PointLook* look : looks) {
    chosen_on.push_back(plan.parts.has_test ? &look->learned : &look->judged);
  }
  if (plan.parts.has_test) {
    std::ranges::fill(thresholds, alert_threshold(chosen_on, UnitCounts(units, 1)));
    alert.threshold = static_cast<double>(thresholds.front());
    return thresholds;
  }
  alert.threshold = std::numeric_limits<double>::quiet_NaN();
  for (std::uint32_t k = 0; k < plan.parts.folds; ++k) {
    UnitCounts others(units);
    for (std::size_t s = 0; s < units; ++s) others[s] = plan.parts.fold[s] != k ? 1 : 0;
    const float threshold = alert_threshold(chosen_on, others);
    for (std::size_t s = 0; s < units; ++s) {
      if (plan.parts.fold[s] == k) thresholds[s] = threshold;
    }
  }
  return thresholds;
}

}  // namespace

JudgedAlert judge_alert(const std::vector<PointLook>& looks, const LookPlan& plan) {
  JudgedAlert made;
  const std::vector<const PointLook*> chosen = alert_looks(looks);
  if (chosen.empty()) {
    made.alert.reason = "No time or page of --points could be judged.";
    return made;
  }
  std::vector<const Look*> judged;
  for (const PointLook* look : chosen) {
    judged.push_back(&look->judged);
    made.alert.looks.push_back(point_name(look->rules.point));
  }
  made.judge.emplace(judged, choose_thresholds(chosen, plan, made.alert));
  made.alert.alerts_by_look = made.judge->alerts_by_look();
  return made;
}

HorizonAlert filled_alert(const JudgedAlert& judged, const UnitCounts& once) {
  HorizonAlert alert = judged.alert;
  if (!judged.judge) return alert;
  const AlertFigures figures = judged.judge->figures(once);
  for (const AlertFigureInfo& figure : kAlertFigures) {
    std::vector<double> values;
    values.reserve(judged.draws.size());
    for (const AlertFigures& draw : judged.draws) values.push_back(draw.*figure.value);
    alert.figures[figure.name] = figures.*figure.value;
    alert.intervals[figure.name] = finite_interval(std::move(values));
  }
  return alert;
}

}  // namespace rarewood

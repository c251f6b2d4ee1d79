#include "rarewood/workflow/horizon_judging.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "rarewood/evaluate/look_judge.hpp"
#include "rarewood/evaluate/unit_draws.hpp"
#include "rarewood/workflow/horizon_alert.hpp"

namespace rarewood {
namespace {

using Kind = PredictionPoint::Kind;

constexpr const char* kAtRisk = "at_risk";
constexpr const char* kActive = "active";
/// Figures whose change from point to point is reported.
constexpr std::array kCompared{"auc_roc", "average_precision", "f1_score",
                               "recall_at_top_10_percent"};

/// A judge, where its figures go, and what it says of each draw.
struct PointJudge {
  HorizonPoint point;
  std::optional<LookJudge> judge;
  bool as_before = false;  ///< the same rows as the judge before it: it is asked once
  LookFigures figures;
  std::vector<LookFigures> draws;
};

void place_on_axis(const PredictionPoint& point, HorizonPoint& to) {
  if (point.kind == Kind::elapsed) {
    to.axis = HorizonAxis::minutes;
    to.position = static_cast<double>(point.seconds) / 60;
  } else if (point.kind == Kind::page) {
    to.axis = HorizonAxis::pages;
    to.position = static_cast<double>(point.page);
  }
}

HorizonPoint described(const PointLook& look, const std::string& population) {
  HorizonPoint point;
  point.as_of = point_name(look.rules.point);
  point.population = population;
  place_on_axis(look.rules.point, point);
  point.leaks = look.rules.point.kind == Kind::end;
  point.reason = look.reason;
  const Population& kept = look.population;
  const bool active = population == kActive;
  point.at_risk = active ? kept.active : kept.at(Standing::kept);
  point.positives = active ? kept.active_positives : kept.positives;
  for (const auto& [reason, sessions] : left_out(kept, look.rules)) {
    point.left_out.push_back({reason, sessions});
  }
  point.threshold = look.threshold;
  return point;
}

PointJudge make_judge(const PointLook& look, const Look& rows, LookRows which) {
  PointJudge made;
  made.point = described(look, which == LookRows::all ? kAtRisk : kActive);
  made.as_before =
      which == LookRows::active && made.point.at_risk == look.population.at(Standing::kept);
  if (!made.point.judged()) return made;
  LookJudge judge(rows, which);
  const std::uint64_t times = rows.rows() / look.judged.rows();
  made.point.judged_rows = judge.rows() / times;
  made.point.judged_positives = judge.positives() / times;
  const std::uint64_t fewest =
      std::min(made.point.judged_positives, made.point.judged_rows - made.point.judged_positives);
  if (fewest < kFewestOfAClass) {
    made.point.reason = "Only " + std::to_string(made.point.judged_positives) + " of " +
                        std::to_string(made.point.judged_rows) +
                        " judged sessions have an order ahead: too few of a kind to judge.";
  } else {
    made.point.intervals = look_intervals(rows, which);
    if (!made.as_before) made.judge.emplace(std::move(judge));
  }
  return made;
}

Interval interval_of(const std::vector<LookFigures>& draws, double LookFigures::* value) {
  std::vector<double> values;
  values.reserve(draws.size());
  for (const LookFigures& figures : draws) values.push_back(figures.*value);
  return finite_interval(std::move(values));
}

/// One figure minus another, paired draw by draw.
PairedDifference difference(const PointJudge& a, double LookFigures::* of_a, const PointJudge& b,
                            double LookFigures::* of_b) {
  std::vector<double> values;
  values.reserve(a.draws.size());
  for (std::size_t d = 0; d < a.draws.size(); ++d) {
    values.push_back(a.draws[d].*of_a - b.draws[d].*of_b);
  }
  return {a.figures.*of_a - b.figures.*of_b, finite_interval(std::move(values))};
}

/// An end that is not a number exceeds nothing.
std::vector<std::string> targets_missed(const HorizonPoint& point,
                                        const std::map<std::string, double>& targets) {
  std::vector<std::string> missed;
  for (const auto& [metric, target] : targets) {
    if (!(point.intervals.at(metric).low > target)) missed.push_back(metric);
  }
  return missed;
}

void fill_point(const std::map<std::string, double>& targets, PointJudge& judged) {
  HorizonPoint& point = judged.point;
  for (const LookFigureInfo& figure : kLookFigures) {
    point.figures[figure.name] = judged.figures.*figure.value;
    point.intervals.try_emplace(figure.name, interval_of(judged.draws, figure.value));
  }
  point.over_flag_all["f1_score"] =
      difference(judged, &LookFigures::f1_score, judged, &LookFigures::f1_flag_all);
  point.beats_flag_all = point.over_flag_all["f1_score"].interval.low > 0;
  point.falls_short = targets_missed(point, targets);
  point.targets_met = !point.leaks && point.falls_short.empty();
  if (!point.beats_flag_all) point.falls_short.emplace_back("f1_flag_all");
}

void compare_with_previous(const PointJudge& before, PointJudge& judged) {
  for (const LookFigureInfo& figure : kLookFigures) {
    if (std::ranges::find(kCompared, std::string_view(figure.name)) == kCompared.end()) continue;
    judged.point.over_previous[figure.name] =
        difference(judged, figure.value, before, figure.value);
  }
}

DrawnUnits judged_units(const LookPlan& plan) {
  DrawnUnits drawn;
  drawn.units = plan.journeys.sessions();
  for (std::size_t s = 0; s < drawn.units; ++s) {
    if (!plan.parts.judged(s)) continue;
    drawn.unit.push_back(static_cast<std::uint32_t>(s));
    drawn.key.push_back(key_of(plan.journeys.session[s]));
  }
  return drawn;
}

/// Figures without intervals of those who will do something more: who they are is known only
/// afterwards.
HorizonPoint diagnosed(const PointLook& look, const UnitCounts& once) {
  HorizonPoint point = described(look, "went_on");
  point.at_risk = look.went_on;
  if (!point.judged()) return point;
  Look going = look.judged;
  going.active = look.goes_on;
  const LookJudge judge(going, LookRows::active);
  point.judged_rows = judge.rows();
  point.judged_positives = judge.positives();
  const LookFigures figures = judge.figures(once);
  for (const LookFigureInfo& figure : kLookFigures) {
    point.figures[figure.name] = figures.*figure.value;
  }
  return point;
}

std::vector<PointJudge> make_judges(const std::vector<PointLook>& looks) {
  std::vector<PointJudge> judges;
  for (const PointLook& look : looks) {
    const Look rows = all_judged(look);
    judges.push_back(make_judge(look, rows, LookRows::all));
    if (look.rules.point.kind != Kind::end)
      judges.push_back(make_judge(look, rows, LookRows::active));
  }
  return judges;
}

/// The judge of the same population at the point before on the same axis; null where there is none.
const PointJudge* previous(const std::vector<PointJudge>& judges, std::size_t j) {
  for (std::size_t i = j; i-- > 0;) {
    const HorizonPoint& point = judges[i].point;
    if (point.axis == HorizonAxis::none || point.axis != judges[j].point.axis) continue;
    if (point.population == judges[j].point.population && point.judged()) return &judges[i];
  }
  return nullptr;
}

void fill_points(std::vector<PointJudge>& judges, HorizonRecord& record) {
  for (std::size_t j = 0; j < judges.size(); ++j) {
    PointJudge& one = judges[j];
    if (one.as_before) {
      one.figures = judges[j - 1].figures;
      one.draws = judges[j - 1].draws;
    }
    if (!one.point.judged()) continue;
    fill_point(record.targets, one);
    const PointJudge* before = previous(judges, j);
    if (before != nullptr) compare_with_previous(*before, one);
  }
  for (const PointJudge& one : judges) record.points.push_back(one.point);
}

}  // namespace

void judge_looks(const std::vector<PointLook>& looks, const LookPlan& plan, HorizonRecord& record,
                 const Control& control) {
  const DrawnUnits drawn = judged_units(plan);
  const UnitCounts once = each_once(drawn);
  const BootstrapPlan draws{static_cast<std::uint64_t>(plan.request.horizon.draws),
                            plan.request.seed};
  std::vector<PointJudge> judges = make_judges(looks);
  std::optional<JudgedAlert> alert;
  if (plan.request.horizon.alert_once) alert.emplace(judge_alert(looks, plan));
  if (alert) alert->draws.resize(draws.draws);
  for (PointJudge& one : judges) {
    one.draws.resize(draws.draws);
    if (one.judge) one.figures = one.judge->figures(once);
  }
  draw_units(drawn, draws, control, [&](std::size_t draw, const UnitCounts& counts) {
    for (PointJudge& one : judges) {
      if (one.judge) one.draws[draw] = one.judge->figures(counts);
    }
    if (alert && alert->judge) alert->draws[draw] = alert->judge->figures(counts);
  });
  fill_points(judges, record);
  for (const PointLook& look : looks) {
    if (look.rules.point.kind != Kind::end) record.diagnostics.push_back(diagnosed(look, once));
  }
  if (alert) record.alert_once = filled_alert(*alert, once);
}

}  // namespace rarewood

#include "rarewood/workflow/horizon.hpp"

#include <algorithm>

#include "rarewood/base/process.hpp"
#include "rarewood/base/random.hpp"
#include "rarewood/learn/learner.hpp"
#include "rarewood/report/horizon_answer.hpp"
#include "rarewood/report/warn.hpp"
#include "rarewood/store/location.hpp"
#include "rarewood/workflow/begin_run.hpp"
#include "rarewood/workflow/horizon_judging.hpp"
#include "rarewood/workflow/horizon_look.hpp"
#include "rarewood/workflow/stopwatch.hpp"

namespace rarewood {
namespace {

/// Fewer orders than this in the test part, and all rows are judged out of fold instead.
constexpr std::uint64_t kEnoughOrders = 100;

/// With so many, which sessions share a fold no longer matters.
constexpr std::uint64_t kManyOrders = 1000;

HorizonRecord begin_record(const HorizonRequest& request) {
  HorizonRecord record;
  record.run = begin_run("horizon", request.track);
  record.run.experiment = experiment_name(request.track, "is_ordered");
  record.targets = horizon_targets(request.horizon);
  record.active_within = request.features.session.active_within;
  return record;
}

std::vector<std::pair<std::string, std::string>> params_of(const HorizonRequest& request,
                                                           const Method& method) {
  auto params = horizon_options().model_values(request.horizon);
  params.emplace_back("learner", request.train.learner);
  params.emplace_back("balance", request.train.balance);
  const auto decision = decision_options().model_values(request.decision);
  params.insert(params.end(), decision.begin(), decision.end());
  params.insert(params.end(), method.options.begin(), method.options.end());
  for (const auto& [name, value] : session_options().model_values(request.features.session)) {
    if (name != "as_of") params.emplace_back(name, value);
  }
  params.emplace_back("test_size", shortest(request.split.test_size));
  params.emplace_back("folds", std::to_string(request.split.folds));
  params.emplace_back("random_state", std::to_string(request.seed));
  return params;
}

/// What is known of sessions by the end of the data.
struct Outcomes {
  std::vector<std::uint8_t> decided;  ///< [sessions]
  std::vector<std::uint8_t> ordered;  ///< [sessions] decided, with an order in the outcome window
};

Outcomes outcomes_of(const Journeys& journeys, const SessionRules& rules) {
  Outcomes known{decided_sessions(journeys, rules), {}};
  for (std::size_t s = 0; s < journeys.sessions(); ++s) {
    const std::int64_t order = journeys.order_time[s];
    const bool ordered = known.decided[s] != 0 && order != no_time &&
                         order <= journeys.times(s).front() + rules.outcome_window;
    known.ordered.push_back(ordered ? 1 : 0);
  }
  return known;
}

std::uint64_t judged_among(const std::vector<std::uint8_t>& sessions, const SessionParts& parts) {
  std::uint64_t count = 0;
  for (std::size_t s = 0; s < sessions.size(); ++s) count += parts.judged(s) && sessions[s] != 0;
  return count;
}

/// The test part, unless it holds too few orders and the user did not insist.
SessionParts choose_parts(const Journeys& journeys, const SessionRules& rules,
                          const HorizonRequest& request, HorizonRecord& record) {
  const Outcomes known = outcomes_of(journeys, rules);
  const JudgedOn wish = request.horizon.judged_on;
  SessionParts parts =
      part_sessions(journeys, request.split, wish != JudgedOn::out_of_fold, request.seed);
  const std::uint64_t orders = judged_among(known.ordered, parts);
  if (wish == JudgedOn::automatic && orders < kEnoughOrders) {
    warn(record.run.warnings,
         "The test part would hold " + std::to_string(orders) + " orders, fewer than " +
             std::to_string(kEnoughOrders) +
             ": all sessions are judged out of fold instead, each by models that did not see it.");
    parts = part_sessions(journeys, request.split, false, request.seed);
  }
  record.judged_on = parts.has_test ? "test" : "out_of_fold";
  record.decided = static_cast<std::uint64_t>(std::ranges::count(known.decided, 1));
  record.orders = static_cast<std::uint64_t>(std::ranges::count(known.ordered, 1));
  record.judged_sessions = judged_among(known.decided, parts);
  record.judged_orders = judged_among(known.ordered, parts);
  return parts;
}

/// Where few orders are judged, figures also depend on which sessions share a fold: the mean over
/// several cuts depends less.
std::vector<SessionParts> repeat_parts(const Journeys& journeys, const HorizonRequest& request,
                                       const HorizonRecord& record) {
  std::vector<SessionParts> repeats;
  if (record.judged_on == "test" || record.judged_orders >= kManyOrders) return repeats;
  for (int r = 1; r < request.horizon.repeats; ++r) {
    const std::uint64_t seed =
        Random(request.seed, "horizon repeat", static_cast<std::uint64_t>(r)).bits();
    repeats.push_back(part_sessions(journeys, request.split, false, seed));
  }
  return repeats;
}

void describe_data(const Journeys& journeys, const HorizonRequest& request, HorizonRecord& record) {
  record.raw = request.features.files.raw.empty() ? request.features.store.store + "/raw-data"
                                                  : request.features.files.raw;
  record.sessions = journeys.sessions();
  record.run.data.table = record.raw;
  record.run.data.target = "is_ordered";
  record.run.data.rows = journeys.sessions();
  record.run.data.simulated = journeys.simulated;
}

/// \throws Error(usage) for a point that contradicts the other options
std::vector<SessionRules> rules_of_points(const HorizonRequest& request) {
  std::vector<SessionRules> rules;
  for (const PredictionPoint& point : horizon_points(request.horizon)) {
    SessionOptions options = request.features.session;
    options.as_of = point_text(point);
    rules.push_back(check_session_options(options));
  }
  return rules;
}

std::vector<PointLook> look_everywhere(const std::vector<SessionRules>& points,
                                       const LookPlan& plan, const Control& control) {
  Control within = control;
  within.progress = nullptr;
  std::vector<PointLook> looks;
  for (const SessionRules& rules : points) {
    report_progress(control, "points", double(looks.size()) / double(points.size()));
    check_stop(control);
    looks.push_back(look_at(rules, plan, within));
  }
  return looks;
}

/// What a tracking server and the journal know of a point: a slice each.
void fill_slices(HorizonRecord& record) {
  for (const HorizonPoint& point : record.points) {
    if (!point.judged()) continue;
    std::string name = point.population + "_" + point.as_of;
    std::ranges::replace_if(name, [](char c) { return c == ':' || c == '/'; }, '_');
    Slice slice{.name = name,
                .description = point.population + " as of " + point.as_of,
                .rows = point.judged_rows,
                .positives = point.judged_positives,
                .metrics = point.figures,
                .intervals = point.intervals,
                .baselines = {}};
    record.run.slices.push_back(std::move(slice));
  }
  record.run.verdict = record.answer;
}

/// Its tables are made here and have no such column.
void refuse_own_costs(const ThresholdRule& rule) {
  if (!rule.costs.differ_by_row()) return;
  throw Error(ErrorKind::usage,
              "horizon makes its own tables, which have no column of costs. Give what an error "
              "costs as a number with --cost-false-positive and --cost-false-negative.");
}

}  // namespace

HorizonRecord horizon(const HorizonRequest& request, const Control& control) {
  const std::vector<SessionRules> points = rules_of_points(request);
  DecisionPlan decision = decision_plan(request.decision);
  refuse_own_costs(decision.rule);
  decision.rule = with_rows_per_day(decision.rule, 0);  // days differ from point to point
  const Method method = choose_method(request.train, request.raw);
  HorizonRecord record = begin_record(request);
  record.method = method.learner_title;
  record.run.params = params_of(request, method);

  const Journeys journeys = [&] {
    const Stopwatch watch(record.run.timings, "load");
    return read_raw_journeys(request.features, request.features.session.timezone, control);
  }();
  describe_data(journeys, request, record);
  const SessionParts parts = choose_parts(journeys, points.front(), request, record);
  const std::vector<SessionParts> repeats = repeat_parts(journeys, request, record);
  const LookPlan plan{journeys,
                      parts,
                      repeats,
                      request,
                      method,
                      decision,
                      request.horizon.alert_once && parts.has_test};
  std::vector<PointLook> looks;
  {
    const Stopwatch watch(record.run.timings, "points");
    looks = look_everywhere(points, plan, control);
  }
  {
    const Stopwatch watch(record.run.timings, "judge");
    judge_looks(looks, plan, record, control);
  }
  answer_how_early(record);
  fill_slices(record);
  record.run.ended_at_ms = now_ms();
  record.run.peak_memory_bytes = peak_memory();
  return record;
}

}  // namespace rarewood

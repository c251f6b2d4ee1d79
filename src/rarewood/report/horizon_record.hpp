#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "rarewood/evaluate/judgement.hpp"
#include "rarewood/report/run_record.hpp"

namespace rarewood {

/// Along what points are ordered.
enum class HorizonAxis { minutes, pages, none };

/// A figure minus the same figure elsewhere, on the same sessions and draws.
struct PairedDifference {
  double value = 0;
  Interval interval;
};

/// One prediction point judged on one population.
struct HorizonPoint {
  std::string as_of;       ///< "10min", "page:4", "url:/cart", "end"
  std::string population;  ///< "at_risk", "active", or "went_on", which knows the future
  HorizonAxis axis = HorizonAxis::none;
  double position = 0;  ///< on the axis: minutes, or the number of the page
  bool leaks = false;
  std::string reason;  ///< why there are no figures; "" where there are

  std::uint64_t at_risk = 0;    ///< sessions of the population, in all the data
  std::uint64_t positives = 0;  ///< of them with an order ahead
  std::vector<LeftOut> left_out;

  std::uint64_t judged_rows = 0;  ///< the rest is on judged sessions
  std::uint64_t judged_positives = 0;
  double threshold = 0;                       ///< probability; NaN where folds have their own
  std::map<std::string, double> figures;      ///< by name, see LookFigures
  std::map<std::string, Interval> intervals;  ///< 95 %, of the same names
  std::map<std::string, PairedDifference> over_flag_all;  ///< f1_score
  std::map<std::string, PairedDifference> over_previous;  ///< against the point before on the axis
  /// Targets that the lower ends do not exceed, by metric, then "f1_flag_all" if that is not
  /// beaten.
  std::vector<std::string> falls_short;
  bool targets_met = false;     ///< by the lower ends
  bool beats_flag_all = false;  ///< F1, paired, by the lower end

  bool judged() const { return reason.empty(); }
};

/// Whether points[i], of the active, are the same sessions as the point before it, of all at risk.
inline bool all_are_active(const std::vector<HorizonPoint>& points, std::size_t i) {
  return i > 0 && points[i - 1].as_of == points[i].as_of &&
         points[i - 1].at_risk == points[i].at_risk;
}

/// A set of looks of which the first that passes raises the one alert.
struct HorizonAlert {
  std::vector<std::string> looks;
  std::vector<std::uint64_t> alerts_by_look;
  double threshold = 0;  ///< probability; NaN where folds have their own
  std::map<std::string, double> figures;
  std::map<std::string, Interval> intervals;
  std::string reason;  ///< why there are no figures
};

/// The first point at which the targets are met; as_of is "" where there is none.
struct HorizonAnswer {
  std::string population;
  HorizonAxis axis = HorizonAxis::minutes;
  std::string as_of;
};

/// What `rarewood horizon` found.
struct HorizonRecord {
  RunRecord run;  ///< what any run has: id, times, params, data, warnings
  std::string raw;
  std::string judged_on;       ///< "test" or "out_of_fold"
  std::string method;          ///< "Random Forest"
  std::uint64_t sessions = 0;  ///< in the raw tables
  std::uint64_t decided = 0;   ///< with a page view, and the outcome window over by the data's end
  std::uint64_t orders = 0;    ///< of the decided, with an order within the window
  std::uint64_t judged_sessions = 0;  ///< of the decided
  std::uint64_t judged_orders = 0;    ///< of the orders
  std::string active_within;          ///< "10min"
  std::map<std::string, double> targets;
  std::vector<HorizonPoint> points;       ///< at_risk and active of each point, in order
  std::vector<HorizonPoint> diagnostics;  ///< went_on of each point
  std::vector<HorizonAnswer> answers;
  std::string answer;  ///< the sentences
  std::optional<HorizonAlert> alert_once;
};

}  // namespace rarewood

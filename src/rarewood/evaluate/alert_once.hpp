#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "rarewood/evaluate/look.hpp"
#include "rarewood/evaluate/look_judge.hpp"

namespace rarewood {

// A set of looks at the same units, one after the other, of which the first that passes raises the
// one alert a unit can have. One probability is the threshold of all looks: calibrated
// probabilities mean the same at each, and a threshold of its own for every look would let each
// look add its false alarms to those before.

/// Thresholds by unit, as units of different folds have different ones; [units].
using UnitThresholds = std::vector<float>;

/// The probability at which the F1 of the whole set is best: 2 caught / (alerts + all orders).
///
/// Of equal ones the highest; it lies half way to the next lower score, and always above that: of
/// neighbouring float32 there is nothing between, and the flagged rows must be those chosen.
/// \param looks  in order of time; scores by models that did not see the rows
/// \param among  [units] 1 = may be chosen on
/// \throws Error(data) if no such unit orders
float alert_threshold(const std::vector<const Look*>& looks, const UnitCounts& among);

/// What the set comes to, as LookFigures.
struct AlertFigures {
  double alerts = 0;     ///< share of the units looked at that are alerted
  double precision = 0;  ///< of the alerts, those that an order follows
  double recall = 0;     ///< of all orders, those that an alert precedes
  double f1_score = 0;
  double f1_flag_all = 0;  ///< of an alert at each unit's first look
  double median_lead = 0;  ///< minutes from alert to order
};

struct AlertFigureInfo {
  const char* name;
  double AlertFigures::* value;
};

inline constexpr std::array<AlertFigureInfo, 6> kAlertFigures{{
    {"alerted", &AlertFigures::alerts},
    {"precision", &AlertFigures::precision},
    {"recall", &AlertFigures::recall},
    {"f1_score", &AlertFigures::f1_score},
    {"f1_flag_all", &AlertFigures::f1_flag_all},
    {"median_lead_minutes", &AlertFigures::median_lead},
}};

/// Works out an alert's figures for whatever counts of units; made once.
class AlertJudge {
 public:
  AlertJudge(const std::vector<const Look*>& looks, const UnitThresholds& thresholds);

  AlertFigures figures(const UnitCounts& counts) const;
  /// [looks] units alerted there.
  const std::vector<std::uint64_t>& alerts_by_look() const { return by_look_; }

 private:
  std::vector<std::uint32_t> seen_, alerted_, orders_, at_first_look_;
  std::vector<Lead> caught_;
  std::vector<std::uint64_t> by_look_;
};

}  // namespace rarewood

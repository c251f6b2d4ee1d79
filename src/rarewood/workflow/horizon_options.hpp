#pragma once

#include <map>
#include <string>
#include <vector>

#include "rarewood/feature/prediction_point.hpp"
#include "rarewood/option/option.hpp"

namespace rarewood {

/// Which rows the figures are of.
enum class JudgedOn { automatic, test, out_of_fold };

/// What `rarewood horizon` is asked for beside the options of features and train.
struct HorizonOptions {
  std::vector<std::string> points{"0min",   "1min",   "2min",   "3min",  "5min",   "8min",
                                  "10min",  "12min",  "15min",  "20min", "page:1", "page:2",
                                  "page:3", "page:4", "page:5", "page:6"};
  bool alert_once = false;
  JudgedOn judged_on = JudgedOn::automatic;
  int repeats = 5;
  int draws = 1000;
  double min_f1_score = 0.30;
  double min_auc_roc = 0.70;
  double min_recall = 0.40;
  double min_precision = 0.20;
  std::string figure = "reports/figures/horizon.png";
  std::string json;  ///< "" = not written beside the journal
};

const OptionTable<HorizonOptions>& horizon_options();

/// The points in the order in which they are looked at: by time, by page, URLs, the end.
/// \throws Error(usage) for none, for one named twice and for what is no point
std::vector<PredictionPoint> horizon_points(const HorizonOptions& options);

/// As points are called here: point_text, but "0min" for the beginning.
std::string point_name(const PredictionPoint& point);

/// What must be exceeded, by the metric's name.
std::map<std::string, double> horizon_targets(const HorizonOptions& options);

}  // namespace rarewood

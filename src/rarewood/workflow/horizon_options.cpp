#include "rarewood/workflow/horizon_options.hpp"

#include <algorithm>
#include <tuple>

namespace rarewood {
namespace {

constexpr Range kShare{.lowest = 0, .highest = 1, .highest_excluded = true};

bool before(const PredictionPoint& a, const PredictionPoint& b) {
  return std::tie(a.kind, a.seconds, a.page, a.url) < std::tie(b.kind, b.seconds, b.page, b.url);
}

void add_targets(OptionTable<HorizonOptions>& table) {
  table
      .add(&HorizonOptions::min_f1_score, "min_f1_score",
           "Target: F1 above this, by the lower end of its interval", kShare)
      .add(&HorizonOptions::min_auc_roc, "min_auc_roc", "Target: AUC above this, likewise", kShare)
      .add(&HorizonOptions::min_recall, "min_recall",
           "Target: recall of the orders ahead above this, likewise", kShare)
      .add(&HorizonOptions::min_precision, "min_precision",
           "Target: precision above this, likewise", kShare);
}

}  // namespace

const OptionTable<HorizonOptions>& horizon_options() {
  static const OptionTable<HorizonOptions> table = [] {
    OptionTable<HorizonOptions> t("horizon");
    t.add(
         &HorizonOptions::points, "points",
         "Prediction points to judge: times into the session, page:4, url:/cart, end (which leaks)")
        .add(&HorizonOptions::alert_once, "alert_once",
             "Judge all times (or, without any, all pages) as one set of looks, the first of which "
             "that passes raises a session's one alert")
        .choice(&HorizonOptions::judged_on, "judged_on",
                "Rows the figures are of: the test part, all rows out of fold, or auto: the test "
                "part if it has 100 orders",
                {{"auto", JudgedOn::automatic},
                 {"test", JudgedOn::test},
                 {"out_of_fold", JudgedOn::out_of_fold}})
        .add(
            &HorizonOptions::repeats, "repeats",
            "How often the sessions are cut into folds anew, where they are judged out of fold and "
            "fewer than 1,000 have an order",
            {.lowest = 1, .highest = 100})
        .add(&HorizonOptions::draws, "draws", "Bootstrap draws of the intervals",
             {.lowest = 100, .highest = 100000});
    add_targets(t);
    t.add(&HorizonOptions::figure, "figure", "PNG file of the chart, or none")
        .not_in_model()
        .add(&HorizonOptions::json, "json", "File for all figures")
        .not_in_model();
    return t;
  }();
  return table;
}

std::vector<PredictionPoint> horizon_points(const HorizonOptions& options) {
  if (options.points.empty()) {
    throw Error(ErrorKind::usage,
                "--points names no point. Write some, such as 5min,10min,page:4.");
  }
  std::vector<PredictionPoint> points;
  for (const std::string& text : options.points) {
    const PredictionPoint point = parse_prediction_point(text, "--points");
    if (std::ranges::find(points, point) != points.end()) {
      throw Error(ErrorKind::usage,
                  "--points names " + point_name(point) + " twice. Name each point once.");
    }
    points.push_back(point);
  }
  std::ranges::sort(points, before);
  return points;
}

std::string point_name(const PredictionPoint& point) {
  const bool begins = point.kind == PredictionPoint::Kind::elapsed && point.seconds == 0;
  return begins ? "0min" : point_text(point);
}

std::map<std::string, double> horizon_targets(const HorizonOptions& options) {
  return {{"f1_score", options.min_f1_score},
          {"auc_roc", options.min_auc_roc},
          {"recall", options.min_recall},
          {"precision", options.min_precision}};
}

}  // namespace rarewood

// Prints, as JSON, every number of the evaluate room for the scores on stdin, so that the parity
// tests can compare them with scikit-learn's. Lines "score,n0,n1"; a line "threshold,NUMBER" and a
// line "labels,NEGATIVE,POSITIVE" may come first.

#include <array>
#include <iostream>
#include <string>

#include <nlohmann/json.hpp>

#include "rarewood/evaluate/bootstrap.hpp"
#include "rarewood/evaluate/calibration.hpp"
#include "rarewood/evaluate/curve.hpp"
#include "rarewood/evaluate/influence.hpp"
#include "rarewood/evaluate/interval.hpp"
#include "rarewood/evaluate/metrics.hpp"
#include "rarewood/evaluate/paired.hpp"
#include "rarewood/evaluate/proportion.hpp"
#include "rarewood/evaluate/report_text.hpp"
#include "rarewood/evaluate/scores_for_test.hpp"
#include "rarewood/evaluate/threshold.hpp"

using nlohmann::ordered_json;

namespace rarewood {
namespace {

struct Input {
  ScoreList list;
  double threshold = 0.5;
  std::array<std::string, 2> labels{"0", "1"};
};

Input read_input(std::istream& in) {
  Input input;
  std::string line;
  while (std::getline(in, line)) {
    const std::size_t first = line.find(',');
    const std::size_t second = line.find(',', first + 1);
    const std::string head = line.substr(0, first);
    if (head == "threshold") {
      input.threshold = std::stod(line.substr(first + 1));
    } else if (head == "labels") {
      input.labels = {line.substr(first + 1, second - first - 1), line.substr(second + 1)};
    } else {
      input.list.push_back({std::stod(head), std::stoull(line.substr(first + 1)),
                            std::stoull(line.substr(second + 1))});
    }
  }
  return input;
}

ordered_json as_json(const Threshold& threshold) {
  return {{"rule", threshold.rule},
          {"probability", threshold.probability},
          {"raw_score", threshold.raw_score}};
}

/// What is chosen on out-of-fold scores, had these been some.
ordered_json choices(const Input& input) {
  const OofScores scores = ScoresForTest::out_of_fold(input.list);
  const PlattFit fit = fit_platt(scores);
  ordered_json out;
  out["platt"] = {{"method", fit.calibrator.method}, {"slope", fit.slope},
                  {"intercept", fit.intercept},      {"deviation", fit.deviation},
                  {"x", fit.calibrator.x},           {"y", fit.calibrator.y}};
  out["f1_threshold"] = as_json(f1_threshold(scores, identity_calibrator()));
  out["f1_threshold_calibrated"] = as_json(f1_threshold(scores, fit.calibrator));
  return out;
}

ordered_json as_json(const Interval& interval) { return {interval.low, interval.high}; }

ordered_json intervals(const Input& input) {
  ordered_json out;
  const Flags flags = flags_at(input.list, input.threshold);
  for (const auto& [name, interval] : metric_intervals(input.list, flags, {}).intervals) {
    out[name] = as_json(interval);
  }
  return out;
}

/// From the draws that comparisons are made on.
ordered_json drawn_intervals(const Input& input) {
  const Ranking ranking(input.list, flags_at(input.list, input.threshold));
  const MetricDraws draws = bootstrap(input.list, {ranking}, {}, {2000, 42}, {})[0];
  ordered_json out;
  for (const MetricInfo& metric : kMetrics) {
    std::vector<double> values;
    for (const Metrics& metrics : draws) values.push_back(metrics.*metric.value);
    out[metric.name] = as_json(percentile_interval(std::move(values)));
  }
  return out;
}

/// Against the same rows scored the other way round within each half of the scale.
ordered_json auc_difference_of(const Input& input) {
  ScoreList other = input.list;
  for (ScoreCount& entry : other) entry.score = (entry.score < 0.5 ? 0.5 : 1.5) - entry.score;
  const Flags flags = flags_at(input.list, input.threshold);
  return as_json(auc_difference({{input.list, flags}, {other, flags}, {}}).interval);
}

double variance(const Influence& influence, const Input& input) {
  return spread_of(influence, input.list, {}).variance;
}

/// Shares of rows that are neither 0 nor 1 nor whole: what Wilson and Clopper and Pearson say.
ordered_json proportions(const Input& input) {
  const ClassTotals totals = class_totals(input.list);
  const Trials trials{static_cast<double>(totals.n1), static_cast<double>(totals.rows())};
  return {{"wilson", as_json(wilson(trials))},
          {"clopper_pearson", as_json(clopper_pearson(trials))}};
}

ordered_json all_numbers(const Input& input) {
  const Confusion confusion = confusion_at(input.list, input.threshold);
  ordered_json out;
  out["metrics"] = metrics_by_name(compute_metrics(input.list, input.threshold));
  out["confusion"] = {confusion.true_negative, confusion.false_positive, confusion.false_negative,
                      confusion.true_positive};
  out["report"] = classification_report(confusion, input.labels);
  out["flag_all_f1"] = flag_all_f1(class_totals(input.list));
  for (const CurvePoint& point : make_curve(input.list).points) {
    out["curve"].push_back({point.score, point.n0, point.n1});
  }
  const ClassTotals totals = class_totals(input.list);
  if (totals.n0 > 0 && totals.n1 > 0) {
    out["choices"] = choices(input);
    out["intervals"] = intervals(input);
    out["drawn_intervals"] = drawn_intervals(input);
    out["auc_difference"] = auc_difference_of(input);
    out["auc_variance"] = variance(auc_influence(input.list), input);
    out["average_precision_variance"] = variance(average_precision_influence(input.list), input);
    out["proportions"] = proportions(input);
  }
  return out;
}

}  // namespace
}  // namespace rarewood

int main() {
  try {
    std::cout << rarewood::all_numbers(rarewood::read_input(std::cin)) << '\n';
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
  return 0;
}

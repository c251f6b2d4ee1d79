// Prints, as JSON, what is decided on the scores on stdin, so that the parity tests can compare it
// with their peers': calibrators, thresholds, reliability. Lines "score,n0,n1"; lines "rule,TEXT",
// "costs,FP,FN,TP,TN", "calibration,METHOD", "scale,log_odds" and "raw,SCORE" (to be calibrated)
// may come first.

#include <iostream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "rarewood/evaluate/calibration.hpp"
#include "rarewood/evaluate/decide.hpp"
#include "rarewood/evaluate/isotonic.hpp"
#include "rarewood/evaluate/reliability.hpp"
#include "rarewood/evaluate/scores_for_test.hpp"
#include "rarewood/model/score.hpp"

using nlohmann::ordered_json;

namespace rarewood {
namespace {

struct Input {
  ScoreList list;
  ScoreScale scale = ScoreScale::probability;
  std::string calibration = "none";
  std::string rule = "f1";
  std::optional<DecisionCosts> costs;
  std::vector<float> raw;
};

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream stream(line);
  for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
  return cells;
}

Input read_input(std::istream& in) {
  Input input;
  for (std::string line; std::getline(in, line);) {
    const std::vector<std::string> cells = cells_of(line);
    const std::string& head = cells.at(0);
    if (head == "rule") {
      input.rule = cells.at(1);
    } else if (head == "costs") {
      input.costs = DecisionCosts{std::stod(cells.at(1)), std::stod(cells.at(2)),
                                  std::stod(cells.at(3)), std::stod(cells.at(4))};
    } else if (head == "calibration") {
      input.calibration = cells.at(1);
    } else if (head == "scale") {
      input.scale = ScoreScale::log_odds;
    } else if (head == "raw") {
      input.raw.push_back(std::stof(cells.at(1)));
    } else {
      input.list.push_back({std::stod(head), std::stoull(cells.at(1)), std::stoull(cells.at(2))});
    }
  }
  return input;
}

ordered_json as_json(const Interval& interval) { return {interval.low, interval.high}; }

ordered_json as_json(const Figure& figure) {
  return {{"value", figure.value}, {"interval", as_json(figure.interval)}};
}

ordered_json as_json(const ThresholdFacts& facts) {
  return {{"probability", facts.probability},
          {"interval", as_json(facts.interval)},
          {"figure", facts.figure},
          {"out_of_fold", facts.out_of_fold},
          {"optimum", facts.optimum},
          {"best_out_of_fold", facts.best_out_of_fold},
          {"plateau", as_json(facts.plateau)},
          {"expected", facts.expected}};
}

ordered_json blocks_of(const ScoreList& list) {
  ordered_json blocks = ordered_json::array();
  for (const IsotonicBlock& block : isotonic_blocks(list)) {
    blocks.push_back({block.lowest, block.highest, block.rate()});
  }
  return blocks;
}

/// Of the scores as probabilities, where they are some.
ordered_json reliability_of(const Input& input) {
  if (input.scale == ScoreScale::log_odds) return nullptr;
  const CalibrationFigures figures = calibration_figures(input.list, {}, {});
  ordered_json out{{"mean_probability", figures.mean_probability},
                   {"prevalence", as_json(figures.prevalence)},
                   {"in_the_large", as_json(figures.in_the_large)},
                   {"slope", as_json(figures.slope)},
                   {"intercept", as_json(figures.intercept)},
                   {"brier", as_json(figures.brier)},
                   {"ece", as_json(figures.ece)}};
  for (const ReliabilityBin& bin : reliability_curve(input.list)) {
    out["curve"].push_back({bin.mean_probability, bin.rate, bin.rows});
  }
  return out;
}

ordered_json all_numbers(const Input& input) {
  const OofScores scores = ScoresForTest::out_of_fold(input.list, input.scale);
  const DecisionPlan plan{input.calibration, parse_threshold_rule(input.rule, input.costs)};
  const StudiedDecision study = study_decision(scores, plan, {}, {400, 42}, {});
  const BetaFit beta = fit_beta(scores);
  ordered_json out;
  out["threshold"] = as_json(study.threshold);
  out["method"] = study.decision.calibrator.method;
  out["beta"] = {{"a", beta.a}, {"b", beta.b}, {"c", beta.c}, {"deviation", beta.deviation}};
  out["blocks"] = blocks_of(input.list);
  out["reliability"] = reliability_of(input);
  out["trials"] = ordered_json::object();
  for (const CalibrationTrial& trial : study.calibration.trials) {
    out["trials"][trial.method] = trial.log_loss;
  }
  out["calibrated"] = ordered_json::array();
  for (const float raw : input.raw) {
    out["calibrated"].push_back(calibrated(study.decision.calibrator, raw));
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

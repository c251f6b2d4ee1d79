#include "rarewood/evaluate/calibration_choice.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "rarewood/base/parallel.hpp"
#include "rarewood/evaluate/calibration.hpp"
#include "rarewood/model/score.hpp"

namespace rarewood {
namespace {

/// What a row of each class loses at each entry, [entries].
struct Losses {
  std::vector<double> negative;
  std::vector<double> positive;
};

double loss_of(double probability_of_true_class) {
  constexpr double kEdge = std::numeric_limits<double>::epsilon();
  return -std::log(std::clamp(probability_of_true_class, kEdge, 1 - kEdge));
}

std::uint32_t folds_of(const OofScores& scores) {
  return scores.fold().empty() ? 0
                               : 1 + *std::max_element(scores.fold().begin(), scores.fold().end());
}

/// Fills the losses of one fold's entries by a map of the other folds.
/// \param others  the scores of all other folds
void judge_fold(const OofScores& scores, std::uint32_t fold, const OofScores& others,
                const std::string& method, Losses& losses) {
  const Calibrator map = fit_calibrator(others, method);
  for (std::size_t i = 0; i < scores.list().size(); ++i) {
    if (scores.fold()[i] != fold) continue;
    const auto p = static_cast<double>(calibrated(map, static_cast<float>(scores.list()[i].score)));
    losses.negative[i] = loss_of(1 - p);
    losses.positive[i] = loss_of(p);
  }
}

double mean_loss(const ScoreList& rows, const Losses& losses) {
  double sum = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    sum += static_cast<double>(rows[i].n0) * losses.negative[i] +
           static_cast<double>(rows[i].n1) * losses.positive[i];
  }
  return sum / static_cast<double>(class_totals(rows).rows());
}

/// Standard error of the mean difference between two lists of losses of the same rows.
double error_of_difference(const ScoreList& rows, const Losses& a, const Losses& b) {
  const double mean = mean_loss(rows, a) - mean_loss(rows, b);
  double sum = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const double apart0 = a.negative[i] - b.negative[i] - mean;
    const double apart1 = a.positive[i] - b.positive[i] - mean;
    sum += static_cast<double>(rows[i].n0) * apart0 * apart0 +
           static_cast<double>(rows[i].n1) * apart1 * apart1;
  }
  return std::sqrt(sum) / static_cast<double>(class_totals(rows).rows());
}

/// What the maps of each fold are learned from; none if there is a fold they cannot be learned for.
/// All ways to calibrate sort scores: that is done once.
std::vector<OofScores> lists_to_compare(const OofScores& scores) {
  const std::uint32_t folds = folds_of(scores);
  if (class_totals(scores.list()).n1 < kFewestToCompare || folds < 2) return {};
  const OofScores sorted = scores.ascending();
  std::vector<OofScores> others;
  for (std::uint32_t fold = 0; fold < folds; ++fold) {
    others.push_back(sorted.without_fold(fold));
    const ClassTotals totals = class_totals(others.back().list());
    if (totals.n0 == 0 || totals.n1 == 0) return {};
  }
  return others;
}

}  // namespace

CalibrationChoice choose_calibration(const OofScores& scores, const Control& control) {
  const std::vector<OofScores> others = lists_to_compare(scores);
  if (others.empty()) return {"platt", {}};
  const std::size_t folds = others.size();
  const std::size_t entries = scores.list().size();
  std::vector<Losses> losses(kCalibrations.size(),
                             {std::vector<double>(entries), std::vector<double>(entries)});
  parallel_for(control, kCalibrations.size() * folds, [&](std::size_t i) {
    judge_fold(scores, static_cast<std::uint32_t>(i % folds), others[i % folds],
               kCalibrations.at(i / folds), losses[i / folds]);
  });

  CalibrationChoice choice;
  for (std::size_t m = 0; m < losses.size(); ++m) {
    choice.trials.push_back({kCalibrations.at(m), mean_loss(scores.list(), losses[m]), 0, 0});
  }
  const auto best =
      std::min_element(choice.trials.begin(), choice.trials.end(),
                       [](const auto& a, const auto& b) { return a.log_loss < b.log_loss; });
  const Losses& best_losses = losses[static_cast<std::size_t>(best - choice.trials.begin())];
  const double lowest = best->log_loss;
  for (std::size_t m = 0; m < losses.size(); ++m) {
    CalibrationTrial& trial = choice.trials[m];
    trial.behind = trial.log_loss - lowest;
    trial.error = error_of_difference(scores.list(), losses[m], best_losses);
    if (choice.method.empty() && trial.behind <= trial.error) choice.method = trial.method;
  }
  return choice;
}

}  // namespace rarewood

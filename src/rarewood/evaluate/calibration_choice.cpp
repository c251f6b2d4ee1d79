#include "rarewood/evaluate/calibration_choice.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "rarewood/base/parallel.hpp"
#include "rarewood/evaluate/calibration.hpp"
#include "rarewood/evaluate/fold_maps.hpp"
#include "rarewood/evaluate/ranking.hpp"
#include "rarewood/model/score.hpp"

namespace rarewood {
namespace {

/// What a row of each class loses at each entry, [entries].
struct Losses {
  std::vector<double> negative;
  std::vector<double> positive;
};

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

/// What each method loses, [kCalibrations], where each fold is judged by a map without it.
/// \param judged  scores of the folds that judge
/// \param left_out  a fold that is in no map either; any of the judged, if there is none
/// \return empty if there is a fold that no map can be learned without
std::vector<Losses> losses_of(const OofScores& judged, const FoldMaps& maps,
                              std::optional<std::uint32_t> left_out) {
  const std::size_t entries = judged.list().size();
  std::vector<Losses> losses(kCalibrations.size(),
                             {std::vector<double>(entries), std::vector<double>(entries)});
  for (std::uint32_t fold = 0; fold < maps.folds(); ++fold) {
    if (maps.without(fold, left_out.value_or(fold)).empty()) return {};
  }
  for (std::size_t i = 0; i < entries; ++i) {
    const std::uint32_t fold = judged.fold()[i];
    const auto raw = static_cast<float>(judged.list()[i].score);
    const std::vector<Calibrator>& by_method = maps.without(fold, left_out.value_or(fold));
    for (std::size_t m = 0; m < by_method.size(); ++m) {
      const auto p = static_cast<double>(calibrated(by_method[m], raw));
      losses[m].negative[i] = log_loss_of(1 - p);
      losses[m].positive[i] = log_loss_of(p);
    }
  }
  return losses;
}

bool comparable(const OofScores& scores, const FoldMaps& maps) {
  return class_totals(scores.list()).n1 >= kFewestToCompare && maps.folds() > 1;
}

CalibrationChoice chosen_by(const ScoreList& rows, const std::vector<Losses>& losses) {
  CalibrationChoice choice;
  for (std::size_t m = 0; m < losses.size(); ++m) {
    choice.trials.push_back({kCalibrations.at(m), mean_loss(rows, losses[m]), 0, 0});
  }
  const auto best =
      std::min_element(choice.trials.begin(), choice.trials.end(),
                       [](const auto& a, const auto& b) { return a.log_loss < b.log_loss; });
  const Losses& best_losses = losses[static_cast<std::size_t>(best - choice.trials.begin())];
  const double lowest = best->log_loss;
  for (std::size_t m = 0; m < losses.size(); ++m) {
    CalibrationTrial& trial = choice.trials[m];
    trial.behind = trial.log_loss - lowest;
    trial.error = error_of_difference(rows, losses[m], best_losses);
    if (choice.method.empty() && trial.behind <= trial.error) choice.method = trial.method;
  }
  return choice;
}

CalibrationChoice choose_by(const FoldMaps& maps, const OofScores& scores,
                            std::optional<std::uint32_t> left_out) {
  if (!comparable(scores, maps)) return {"platt", {}};
  const std::vector<Losses> losses = losses_of(scores, maps, left_out);
  if (losses.empty()) return {"platt", {}};
  return chosen_by(scores.list(), losses);
}

}  // namespace

CalibrationChoice choose_calibration(const OofScores& scores, const Control& control) {
  return choose_by(FoldMaps(scores, FoldMaps::LeaveOut::one, control), scores, std::nullopt);
}

std::vector<Calibrator> cross_fit_calibrators(const OofScores& scores, const Control& control) {
  const FoldMaps maps(scores, FoldMaps::LeaveOut::two, control);
  std::vector<Calibrator> chosen(maps.folds());
  parallel_for(control, chosen.size(), [&](std::size_t i) {
    const auto fold = static_cast<std::uint32_t>(i);
    const std::vector<Calibrator>& own = maps.without(fold, fold);
    const OofScores others = scores.without_fold(fold);
    const std::string method = choose_by(maps, others, fold).method;
    const auto place = std::ranges::find(kCalibrations, method) - kCalibrations.begin();
    chosen[i] = own.empty() ? fit_calibrator(others, method) : own[static_cast<std::size_t>(place)];
  });
  return chosen;
}

}  // namespace rarewood

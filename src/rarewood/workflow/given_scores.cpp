#include "rarewood/workflow/given_scores.hpp"

#include <algorithm>
#include <cmath>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/evaluate/curve.hpp"
#include "rarewood/evaluate/given_threshold.hpp"
#include "rarewood/pattern/split.hpp"

namespace rarewood {
namespace {

void refuse_off_scale(const std::vector<double>& scores, const std::string& column) {
  for (std::size_t row = 0; row < scores.size(); ++row) {
    if (scores[row] >= 0 && scores[row] <= 1) continue;
    throw Error(ErrorKind::data,
                "The score column '" + column + "' holds " + shortest(scores[row]) + " in row " +
                    thousands(row + 1) +
                    ", which is no probability. Say --scale log_odds if scores are log-odds, or "
                    "--scale rank if only their order counts.");
  }
}

std::vector<double> places(const std::vector<double>& scores) {
  std::vector<double> distinct = scores;
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  std::vector<double> result;
  result.reserve(scores.size());
  for (const double score : scores) {
    const auto place = std::lower_bound(distinct.begin(), distinct.end(), score) - distinct.begin();
    result.push_back(static_cast<double>(place + 1) / static_cast<double>(distinct.size()));
  }
  return result;
}

/// What the number after --threshold is compared with, and whether it can be.
double number_of(const EvaluateOptions& options) {
  const auto number = parse_double(options.threshold);
  const bool rank = options.scale == "rank";
  if (!number || (!rank && (*number <= 0 || *number >= 1))) {
    throw Error(ErrorKind::usage, std::string("--threshold must be f1 or a ") +
                                      (rank ? "score" : "probability between 0 and 1") + ", not '" +
                                      options.threshold + "'.");
  }
  return *number;
}

}  // namespace

std::vector<double> on_scale(const std::vector<double>& scores, const EvaluateOptions& options,
                             const std::string& column) {
  if (options.scale == "rank") return places(scores);
  if (options.scale == "probability") {
    refuse_off_scale(scores, column);
    return scores;
  }
  std::vector<double> probabilities;
  probabilities.reserve(scores.size());
  for (const double score : scores) probabilities.push_back(1 / (1 + std::exp(-score)));
  return probabilities;
}

GivenFlags given_flags(const ScoreList& list, const std::vector<double>& scores,
                       const std::vector<std::uint64_t>& keys, const EvaluateOptions& options) {
  if (options.threshold != "f1") {
    const double number = number_of(options);
    GivenFlags given{{}, number, number, number};
    for (std::size_t row = 0; row < list.size(); ++row) {
      const double score = options.scale == "rank" ? scores[row] : list[row].score;
      given.flags.push_back(score >= number ? 1 : 0);
    }
    return given;
  }
  constexpr std::uint32_t kFifths = 5;
  std::vector<std::uint32_t> fold;
  for (const std::uint64_t key : keys) fold.push_back(static_cast<std::uint32_t>(key % kFifths));
  const CrossFitted chosen = cross_fitted_f1(list, fold);
  const auto [lowest, highest] =
      std::minmax_element(chosen.thresholds.begin(), chosen.thresholds.end());
  GivenFlags given{chosen.flags, 0, *lowest, *highest};
  for (const double each : chosen.thresholds) {
    given.threshold += each / static_cast<double>(chosen.thresholds.size());
  }
  return given;
}

}  // namespace rarewood

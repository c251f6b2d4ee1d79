// How often a challenger is promoted, by scores whose truth is known.
//   promotion_probe ROWS RATE LOSS RUNS
// The champion's AUC is 0.80 and the challenger's 0.80 - LOSS: scores of each class are normal, of
// equal spread, correlated 0.9 between the models, and turned into exactly calibrated
// probabilities. Prints the runs by outcome as JSON.

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <numbers>

#include <nlohmann/json.hpp>

#include "rarewood/base/random.hpp"
#include "rarewood/report/promotion_report.hpp"
#include "rarewood/workflow/promotion_decision.hpp"

namespace {

using namespace rarewood;

constexpr double kChampionAuc = 0.80;
constexpr double kCorrelation = 0.9;

double normal(Random& random) {
  const double radius = std::sqrt(-2 * std::log(1 - random.uniform()));
  return radius * std::cos(2 * std::numbers::pi * random.uniform());
}

/// Distance of the classes' means for an AUC: AUC = Phi(distance / sqrt 2), by bisection.
double distance_of(double auc) {
  double low = 0;
  double high = 10;
  for (int step = 0; step < 60; ++step) {
    const double middle = (low + high) / 2;
    (std::erfc(-middle / 2) / 2 < auc ? low : high) = middle;
  }
  return low;
}

double probability(double score, double distance, double rate) {
  const double log_odds = std::log(rate / (1 - rate)) + distance * score - distance * distance / 2;
  return 1 / (1 + std::exp(-log_odds));
}

struct Trial {
  std::uint64_t rows;
  double rate;
  double loss;
};

Promotion judge(const Trial& trial, std::uint64_t seed) {
  Random random(seed, "promotion probe");
  const double of_champion = distance_of(kChampionAuc);
  const double of_challenger = distance_of(kChampionAuc - trial.loss);
  ScoreList challenger;
  ScoreList champion;
  Promotion promotion;
  for (std::uint64_t row = 0; row < trial.rows; ++row) {
    const std::uint64_t positive = random.uniform() < trial.rate ? 1 : 0;
    const double common = std::sqrt(kCorrelation) * normal(random);
    const auto score = [&](double distance) {
      return common + std::sqrt(1 - kCorrelation) * normal(random) + (positive ? distance : 0);
    };
    const auto add = [&](ScoreList& list, double distance) {
      list.push_back({probability(score(distance), distance, trial.rate), 1 - positive, positive});
    };
    add(challenger, of_challenger);
    add(champion, of_champion);
    promotion.positives += positive;
  }
  const Flags flags(trial.rows, 0);
  promotion.rows = trial.rows;
  promotion.margin = 0.01;
  promotion.tolerance = 0.1;
  promotion.champion = JudgedModel{};
  promotion.challenger.calibration = check_mean({challenger, flags}, {});
  promotion.champion->calibration = check_mean({champion, flags}, {});
  promotion.differences = test_margin({{challenger, flags}, {champion, flags}, {}}, 0.01);
  decide_promotion(promotion, "");
  return promotion;
}

}  // namespace

int main(int count, char** words) {
  if (count != 5) return 2;
  const Trial trial{std::strtoull(words[1], nullptr, 10), std::strtod(words[2], nullptr),
                    std::strtod(words[3], nullptr)};
  const std::uint64_t runs = std::strtoull(words[4], nullptr, 10);
  nlohmann::ordered_json outcomes = nlohmann::ordered_json::object();
  for (std::uint64_t run = 0; run < runs; ++run) {
    const char* word = outcome_word(judge(trial, run).outcome);
    outcomes[word] = outcomes.value(word, 0) + 1;
  }
  std::puts(outcomes.dump().c_str());
  return 0;
}

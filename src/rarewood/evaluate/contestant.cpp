#include "rarewood/evaluate/contestant.hpp"

#include "rarewood/model/score.hpp"

namespace rarewood {

Contestant on_test(const ContestantName& name, const TestScores& scores,
                   const Threshold& threshold) {
  return {name.name, name.description, "test", scores.list(), threshold.probability};
}

Contestant on_out_of_fold(const ContestantName& name, const OofScores& scores,
                          const Calibrator& calibrator, const Threshold& threshold) {
  Contestant contestant{name.name, name.description, "out_of_fold", scores.list(),
                        threshold.probability};
  for (ScoreCount& entry : contestant.probabilities) {
    entry.score = static_cast<double>(calibrated(calibrator, static_cast<float>(entry.score)));
  }
  return contestant;
}

Contestant flag_all(const Contestant& model, double base_rate) {
  Contestant all{"flag_all", "every row is predicted positive", model.judged_on,
                 model.probabilities, 0};
  for (ScoreCount& entry : all.probabilities) entry.score = base_rate;
  return all;
}

}  // namespace rarewood

#include "rarewood/evaluate/contestant.hpp"

#include "rarewood/model/score.hpp"

namespace rarewood {
namespace {

Contestant says_always(const ContestantName& name, const Contestant& model, double base_rate,
                       std::uint8_t flag) {
  Contestant made{name.name, name.description, model.judged_on, model.probabilities,
                  Flags(model.probabilities.size(), flag)};
  for (ScoreCount& entry : made.probabilities) entry.score = base_rate;
  return made;
}

}  // namespace

Contestant on_test(const ContestantName& name, const TestScores& scores,
                   const Threshold& threshold) {
  return {name.name,
          name.description,
          "test",
          scores.list(),
          flags_at(scores.list(), threshold.probability),
          {}};
}

Contestant on_out_of_fold(const ContestantName& name, const OofScores& scores,
                          const std::vector<Decision>& decisions) {
  Contestant contestant{name.name, name.description, "out_of_fold", scores.list(), {}, {}};
  for (std::size_t i = 0; i < scores.list().size(); ++i) {
    const Decision& decision = decisions.at(scores.fold()[i]);
    const auto raw = static_cast<float>(scores.list()[i].score);
    contestant.flags.push_back(raw >= decision.threshold.raw_score ? 1 : 0);
    contestant.probabilities[i].score = static_cast<double>(calibrated(decision.calibrator, raw));
  }
  return contestant;
}

Contestant flag_all(const Contestant& model, double base_rate) {
  return says_always({"flag_all", "every row is predicted positive"}, model, base_rate, 1);
}

Contestant flag_none(const Contestant& model, double base_rate) {
  return says_always({"flag_none", "no row is predicted positive"}, model, base_rate, 0);
}

std::vector<Contestant> without_model(const Contestant& model, double base_rate,
                                      const ThresholdRule& rule) {
  std::vector<Contestant> rivals{flag_all(model, base_rate)};
  if (rule.may_flag_nobody()) rivals.push_back(flag_none(model, base_rate));
  return rivals;
}

}  // namespace rarewood

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

std::vector<Contestant> split_by_level(const Contestant& contestant,
                                       std::span<const std::uint32_t> level, std::size_t levels) {
  std::vector<Contestant> parts(levels);
  std::vector<std::uint32_t> place;  // of each entry in its part
  for (std::size_t i = 0; i < contestant.probabilities.size(); ++i) {
    Contestant& part = parts[level[i]];
    place.push_back(static_cast<std::uint32_t>(part.probabilities.size()));
    part.probabilities.push_back(contestant.probabilities[i]);
    part.flags.push_back(contestant.flags[i]);
  }
  for (std::size_t b = 0; b < contestant.blocks.blocks(); ++b) {
    for (const auto& [entry, n0, n1] : contestant.blocks.of_block(b)) {
      parts[level[entry]].blocks.parts.push_back({place[entry], n0, n1});
    }
    for (Contestant& part : parts) part.blocks.close_block();
  }
  return parts;
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

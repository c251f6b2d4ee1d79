#include "rarewood/learn/out_of_fold.hpp"

#include "rarewood/model/score.hpp"

namespace rarewood {
namespace {

/// Values of a part's patterns, gathered column by column.
struct Gathered {
  std::vector<std::vector<float>> columns;
  std::vector<const float*> pointers;

  explicit Gathered(const CheckPart& part) : columns(part.patterns().features()) {
    for (std::size_t f = 0; f < columns.size(); ++f) {
      const auto values = part.patterns().column(f);
      for (const PatternCount& count : part.counts()) columns[f].push_back(values[count.pattern]);
      pointers.push_back(columns[f].data());
    }
  }
};

}  // namespace

OofScores OutOfFold::score(const TrainPart& train, const FoldPlan& plan, const Control& control) {
  ScoreList list;
  std::vector<std::uint32_t> fold;
  for (std::uint32_t k = 0; k < train.folds(); ++k) {
    check_stop(control);
    const auto [fit, check] = train.fold(k);
    const std::uint64_t seed = plan.seed + 1 + k;
    const FitPart resampled = plan.resampler.resample(fit, seed, control);
    const Ensemble ensemble = plan.learner.fit(resampled, {seed, plan.max_members}, control);
    const Gathered values(check);
    const std::vector<float> scores =
        raw_scores(ensemble, values.pointers, check.counts().size(), control);
    for (std::size_t i = 0; i < scores.size(); ++i) {
      list.push_back({scores[i], check.counts()[i].n0, check.counts()[i].n1});
      fold.push_back(k);
    }
    report_progress(control, "out_of_fold", (k + 1.0) / train.folds());
  }
  return {std::move(list), std::move(fold)};
}

}  // namespace rarewood

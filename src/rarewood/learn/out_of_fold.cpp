#include "rarewood/learn/out_of_fold.hpp"

#include <algorithm>

#include "rarewood/base/parallel.hpp"
#include "rarewood/base/random.hpp"
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

struct FoldScores {
  ScoreList list;
  ScoreScale scale = ScoreScale::probability;
};

FoldScores score_fold(const FitAndCheck& parts, const FoldPlan& plan, std::uint32_t k,
                      const Control& control) {
  const std::uint64_t seed = Random(plan.seed, "fold", k).bits();
  const FitPart resampled = plan.resampler.resample(parts.fit, seed, control).part;
  const Predictor predictor = plan.learner.fit(resampled, {seed, plan.max_members}, control);
  const Gathered values(parts.check);
  const std::vector<PatternCount>& counts = parts.check.counts();
  const std::vector<float> scores = raw_scores(predictor, values.pointers, counts.size(), control);
  FoldScores result{{}, score_scale(predictor)};
  for (std::size_t i = 0; i < scores.size(); ++i) {
    result.list.push_back({scores[i], counts[i].n0, counts[i].n1, counts[i].cost});
  }
  return result;
}

}  // namespace

std::vector<OofScores> OutOfFold::score(const TrainPart& train, const std::vector<FoldPlan>& plans,
                                        const Control& control) {
  const std::uint32_t folds = train.folds();
  const std::size_t fits = plans.size() * folds;
  // Whole fits side by side: a fold's forest is too small to keep all threads busy by itself.
  Control within = control;
  within.threads = std::max(1, control.threads / static_cast<int>(fits));
  within.memory_limit =
      control.memory_limit / std::min(fits, static_cast<std::size_t>(control.threads));
  within.progress = nullptr;
  std::vector<FoldScores> scored(fits);
  const auto fit_one = [&](std::size_t i) {
    const auto k = static_cast<std::uint32_t>(i % folds);
    scored[i] = score_fold(train.fold(k), plans[i / folds], k, within);
  };
  parallel_for(control, fits, fit_one, "out_of_fold");
  std::vector<OofScores> all;
  for (std::size_t p = 0; p < plans.size(); ++p) {
    ScoreList joined;
    std::vector<std::uint32_t> fold;
    for (std::uint32_t k = 0; k < folds; ++k) {
      const ScoreList& list = scored[p * folds + k].list;
      joined.insert(joined.end(), list.begin(), list.end());
      fold.insert(fold.end(), list.size(), k);
    }
    all.push_back(OofScores(std::move(joined), std::move(fold), scored[p * folds].scale));
  }
  return all;
}

}  // namespace rarewood

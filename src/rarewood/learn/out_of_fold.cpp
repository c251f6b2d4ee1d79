#include "rarewood/learn/out_of_fold.hpp"

#include <algorithm>
#include <variant>

#include "rarewood/base/parallel.hpp"
#include "rarewood/base/random.hpp"
#include "rarewood/learn/fold_members.hpp"
#include "rarewood/model/score.hpp"

namespace rarewood {
namespace {

constexpr int kFewestMembers = 25;

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
  ScoreSpread spread;
};

/// The fits of all plans in all folds, plan after plan.
struct Fits {
  const TrainPart& train;
  const std::vector<FoldPlan>& plans;

  std::size_t count() const { return plans.size() * train.folds(); }
  const FoldPlan& plan(std::size_t i) const { return plans[i / train.folds()]; }
  std::uint32_t fold(std::size_t i) const { return static_cast<std::uint32_t>(i % train.folds()); }
};

/// \param members  at most so many, where the plan lets there be fewer
FoldScores score_fold(const FitAndCheck& parts, const FoldPlan& plan, std::uint32_t k, int members,
                      const Control& control) {
  const std::uint64_t seed = Random(plan.seed, "fold", k).bits();
  const FitPart resampled = plan.resampler.resample(parts.fit, seed, control).part;
  const int limit = plan.members == 0 ? 0 : members;
  const Predictor predictor = plan.learner.fit(resampled, {seed, limit}, control);
  const Gathered values(parts.check);
  const std::vector<PatternCount>& counts = parts.check.counts();
  const std::vector<float> scores = raw_scores(predictor, values.pointers, counts.size(), control);
  FoldScores result{{}, score_scale(predictor), {}};
  for (std::size_t i = 0; i < scores.size(); ++i) {
    result.list.push_back({scores[i], counts[i].n0, counts[i].n1, counts[i].cost});
  }
  if (limit != 0 && limit < plan.members) {
    result.spread = score_spread(std::get<Ensemble>(predictor), values.pointers, counts);
  }
  return result;
}

std::vector<FoldScores> score_folds(const Fits& fits, int members, const Control& control) {
  // Whole fits side by side: a fold's forest is too small to keep all threads busy by itself.
  Control within = control;
  within.threads = std::max(1, control.threads / static_cast<int>(fits.count()));
  within.memory_limit =
      control.memory_limit / std::min(fits.count(), static_cast<std::size_t>(control.threads));
  within.progress = nullptr;
  std::vector<FoldScores> scored(fits.count());
  const auto fit_one = [&](std::size_t i) {
    scored[i] =
        score_fold(fits.train.fold(fits.fold(i)), fits.plan(i), fits.fold(i), members, within);
  };
  parallel_for(control, fits.count(), fit_one, "out_of_fold");
  return scored;
}

/// Members of the largest final ensemble whose folds may have fewer; 0: there is none.
int all_members(const std::vector<FoldPlan>& plans) {
  int all = 0;
  for (const FoldPlan& plan : plans) all = std::max(all, plan.members);
  return all;
}

/// What the plan that needs most of them needs.
int members_needed(const Fits& fits, const std::vector<FoldScores>& scored, int fewest) {
  int needed = fewest;
  const double folds = fits.train.folds();
  for (std::size_t p = 0; p < fits.plans.size(); ++p) {
    ScoreSpread mean;
    for (std::uint32_t k = 0; k < fits.train.folds(); ++k) {
      const ScoreSpread& spread = scored[p * fits.train.folds() + k].spread;
      mean.by_tree += spread.by_tree / folds;
      mean.by_row += spread.by_row / folds;
    }
    if (fits.plans[p].members == 0) continue;
    needed = std::max(needed, members_for(mean, fewest, fits.plans[p].members));
  }
  return needed;
}

}  // namespace

std::vector<OofScores> OutOfFold::score(const TrainPart& train, const std::vector<FoldPlan>& plans,
                                        const Control& control) {
  const Fits fits{train, plans};
  const int all_of_them = all_members(plans);
  const int fewest = std::min(all_of_them, std::max(kFewestMembers, all_of_them / 8));
  std::vector<FoldScores> scored = score_folds(fits, fewest, control);
  const int needed = members_needed(fits, scored, fewest);
  if (needed > fewest) scored = score_folds(fits, needed, control);
  const std::uint32_t folds = train.folds();
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

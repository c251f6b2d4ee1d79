#include "rarewood/evaluate/fold_auc.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace rarewood {
namespace {

struct Rows {
  ScoreList list;
  std::vector<std::uint32_t> fold;

  double auc() const {
    std::vector<double> score;
    std::vector<std::uint32_t> n0;
    std::vector<std::uint32_t> n1;
    for (const ScoreCount& entry : list) {
      score.push_back(entry.score);
      n0.push_back(static_cast<std::uint32_t>(entry.n0));
      n1.push_back(static_cast<std::uint32_t>(entry.n1));
    }
    return FoldAuc(score, fold).value(n0, n1);
  }
};

TEST(FoldAuc, IsTheMeanOverFoldsWeightedByPairs) {
  // fold 0: 4 pairs, 3.5 in order; fold 1: 3 pairs, 1 in order; across folds nothing counts
  const Rows rows{{{0.2, 1, 0}, {0.3, 1, 1}, {0.4, 0, 1}, {0.9, 2, 0}, {0.8, 0, 1}, {0.7, 1, 0}},
                  {0, 0, 0, 1, 1, 1}};
  EXPECT_DOUBLE_EQ(rows.auc(), 4.5 / 7);
}

TEST(FoldAuc, FoldsOfOneClassHaveNoShare) {
  EXPECT_DOUBLE_EQ((Rows{{{0.2, 1, 0}, {0.3, 0, 1}, {0.9, 5, 0}}, {0, 0, 1}}).auc(), 1);
  EXPECT_TRUE(std::isnan((Rows{{{0.2, 1, 0}, {0.3, 0, 1}}, {0, 1}}).auc()));
}

TEST(FoldAuc, IntervalIsThatOfEveryReportWhereOneModelScoredAll) {
  const ScoreList list{{0.1, 40, 2}, {0.2, 30, 5}, {0.4, 20, 9}, {0.7, 4, 12}};
  const Interval one =
      fold_auc_interval((Rows{list, {3, 3, 3, 3}}).auc(), list, std::vector<std::uint32_t>(4), {});
  const Spread spread = spread_of(auc_influence(list), list, {});
  const double auc = compute_metrics(list, 0.5).auc_roc;
  const double half = quantile_of(spread) * std::sqrt(spread.variance) / (auc * (1 - auc));
  EXPECT_NEAR(std::log(one.high / (1 - one.high)) - std::log(auc / (1 - auc)), half, 1e-12);
  EXPECT_NEAR(std::log(auc / (1 - auc)) - std::log(one.low / (1 - one.low)), half, 1e-12);
}

TEST(FoldAuc, CopiesOfTheSameRowsMakeItNoSurer) {
  Rows rows{{{0.1, 40, 2}, {0.2, 30, 5}, {0.4, 20, 9}, {0.7, 4, 12}}, {0, 0, 0, 0}};
  Rows split;
  std::vector<std::uint32_t> block;
  for (std::uint32_t copy = 0; copy < 3; ++copy) {
    std::uint32_t unit = 0;
    for (const ScoreCount& entry : rows.list) {
      for (std::uint64_t row = 0; row < entry.n0 + entry.n1; ++row) {
        const std::uint64_t n1 = row < entry.n1 ? 1 : 0;
        split.list.push_back({entry.score, 1 - n1, n1});
        split.fold.push_back(copy);
        block.push_back(unit++);
      }
    }
  }
  const Interval once = fold_auc_interval(rows.auc(), rows.list, rows.fold, {});
  const Interval thrice =
      fold_auc_interval(split.auc(), split.list, split.fold, blocks_of_entries(split.list, block));
  EXPECT_NEAR(thrice.low, once.low, 0.005);
  EXPECT_NEAR(thrice.high, once.high, 0.005);
}

double half_width(const Interval& interval) {
  const auto odds = [](double share) { return std::log(share / (1 - share)); };
  return (odds(interval.high) - odds(interval.low)) / 2;
}

TEST(FoldAuc, IntervalIsWiderWhereModelsMayKnowNothing) {
  const std::vector<std::uint32_t> folds{0, 0, 1, 1};
  const std::vector<std::uint32_t> one_fold(4);
  const auto by_rows = [](const Rows& rows) {
    const Spread spread = spread_of(fold_auc_influence(rows.list, rows.fold), rows.list, {});
    return quantile_of(spread) * std::sqrt(spread.variance) / (rows.auc() * (1 - rows.auc()));
  };
  const Rows unsure{{{0.1, 30, 9}, {0.2, 30, 12}, {0.1, 30, 9}, {0.2, 30, 12}}, folds};
  const Rows sure{{{0.1, 40, 2}, {0.7, 4, 12}, {0.1, 40, 2}, {0.7, 4, 12}}, folds};
  const Rows one{unsure.list, one_fold};
  EXPECT_NEAR(half_width(fold_auc_interval(unsure.auc(), unsure.list, folds, {})),
              std::sqrt(2.0) * by_rows(unsure), 1e-9);
  EXPECT_NEAR(half_width(fold_auc_interval(sure.auc(), sure.list, folds, {})), by_rows(sure), 1e-9);
  EXPECT_NEAR(half_width(fold_auc_interval(one.auc(), one.list, one_fold, {})), by_rows(one), 1e-9)
      << "one model that has not seen the rows";
}

/// A model that knows nothing says the base rate of the other folds: the more orders a fold has,
/// the lower it scores there.
TEST(FoldAuc, ModelsThatKnowNothingComeToOneHalf) {
  constexpr std::uint32_t kFolds = 5;
  Rows rows;
  std::uint64_t positives = 0;
  for (std::uint32_t k = 0; k < kFolds; ++k) positives += 5 + 3 * k;
  for (std::uint32_t k = 0; k < kFolds; ++k) {
    const std::uint64_t n1 = 5 + 3 * k;
    rows.list.push_back({double(positives - n1) / 1000, 200 - n1, n1});
    rows.fold.push_back(k);
  }
  EXPECT_LT(compute_metrics(rows.list, 0.5).auc_roc, 0.45);  // pooled
  EXPECT_DOUBLE_EQ(rows.auc(), 0.5);
}

}  // namespace
}  // namespace rarewood

#include "rarewood/workflow/given_scores.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/random.hpp"

namespace rarewood {
namespace {

EvaluateOptions with(const std::string& scale, const std::string& threshold) {
  EvaluateOptions options;
  options.scale = scale;
  options.threshold = threshold;
  return options;
}

ScoreList list_of(const std::vector<double>& scores, const std::vector<std::uint8_t>& positive) {
  ScoreList list;
  for (std::size_t row = 0; row < scores.size(); ++row) {
    list.push_back({scores[row], std::uint64_t{1} - positive[row], positive[row]});
  }
  return list;
}

struct Rows {
  std::vector<double> scores;
  std::vector<std::uint8_t> positive;

  /// Scores of the positive rows lie higher, and overlap.
  explicit Rows(std::size_t rows) {
    Random random(1, "given scores");
    for (std::size_t row = 0; row < rows; ++row) {
      positive.push_back(random.uniform() < 0.2 ? 1 : 0);
      scores.push_back(0.4 * positive.back() + 0.6 * random.uniform());
    }
  }
};

TEST(GivenScores, KeepTheOrderOfLogOddsThatRoundToOneProbability) {
  const std::vector<double> log_odds{38, 50, 39.5, 38, -800, -750, 0, 1e-17, 40};
  const auto found = on_scale(log_odds, with("log_odds", "0.5"), "s");
  for (std::size_t a = 0; a < log_odds.size(); ++a) {
    EXPECT_GE(found[a], 0);
    EXPECT_LE(found[a], 1);
    EXPECT_NEAR(found[a], 1 / (1 + std::exp(-log_odds[a])), 1e-15);
    for (std::size_t b = 0; b < log_odds.size(); ++b) {
      EXPECT_EQ(log_odds[a] < log_odds[b], found[a] < found[b]) << log_odds[a] << log_odds[b];
    }
  }
  EXPECT_EQ(found[6], 0.5);
}

TEST(GivenScores, AreCutByScoresWhereTheyAreRanks) {
  Rows rows(500);
  const auto options = with("rank", "f1");
  for (double& score : rows.scores) score = 500 + 100 * score;
  const auto places = on_scale(rows.scores, options, "s");
  const GivenFlags found = given_flags(list_of(places, rows.positive), rows.scores, {}, options);
  EXPECT_GT(found.lowest, 510);
  EXPECT_LT(found.highest, 590);
  EXPECT_GE(found.threshold, found.lowest);
  for (std::size_t row = 0; row < rows.scores.size(); ++row) {
    const bool flagged = found.flags[row] == 1;
    EXPECT_TRUE(flagged || rows.scores[row] < found.highest);
    EXPECT_TRUE(!flagged || rows.scores[row] >= found.lowest);
  }
}

TEST(GivenScores, AreCutTheSameInAnyOrderOfRows) {
  Rows rows(500);
  const auto options = with("probability", "f1");
  const GivenFlags found =
      given_flags(list_of(rows.scores, rows.positive), rows.scores, {}, options);
  EXPECT_LT(found.lowest, found.highest) << "or the test could not fail";
  std::reverse(rows.scores.begin(), rows.scores.end());
  std::reverse(rows.positive.begin(), rows.positive.end());
  GivenFlags turned = given_flags(list_of(rows.scores, rows.positive), rows.scores, {}, options);
  std::reverse(turned.flags.begin(), turned.flags.end());
  EXPECT_EQ(turned.flags, found.flags);
  EXPECT_EQ(turned.threshold, found.threshold);
}

ScoredRows turned(ScoredRows rows) {
  std::ranges::reverse(rows.labels.positive);
  for (std::vector<double>& scores : rows.scores) std::ranges::reverse(scores);
  std::ranges::reverse(rows.costs);
  for (RowLevels& levels : rows.by) std::ranges::reverse(levels.of);
  return rows;
}

TEST(GivenScores, PlaceRowsByAllThatTheyAreJudgedBy) {
  ScoredRows rows;
  rows.labels.positive = {1, 0, 0, 0, 0, 0, 0};
  rows.scores = {{0.1, 0.2, 0.1, 0.1, 0.1, 0.1, 0.1}, {0.9, 0.1, 0.6, 0.5, 0.5, 0.5, 0.5}};
  rows.costs = {1, 1, 1, 2, 1, 1, 1};
  rows.by = {{"device", {"a", "b"}, {0, 0, 0, 0, 1, 0, 0}}};
  EXPECT_EQ(places_of_rows(rows), (std::vector<std::uint32_t>{5, 4, 3, 2, 1, 0, 0}));
  EXPECT_EQ(places_of_rows(turned(rows)), (std::vector<std::uint32_t>{0, 0, 1, 2, 3, 4, 5}));
}

TEST(GivenScores, AreDealtOutByWholeGroupsAndNoFoldIsEmpty) {
  const Rows rows(500);
  const auto options = with("probability", "f1");
  const ScoreList list = list_of(rows.scores, rows.positive);
  for (const std::uint64_t step : {5U, 1U}) {  // keys that are 0 by 5 would all be of one fold
    std::vector<std::uint64_t> keys;
    for (std::size_t row = 0; row < list.size(); ++row) keys.push_back(step * (row % 3));
    const GivenFlags found = given_flags(list, rows.scores, {keys, {}}, options);
    EXPECT_GT(found.lowest, 0.3);
    EXPECT_LT(found.highest, 0.8);
    EXPECT_GT(std::count(found.flags.begin(), found.flags.end(), 1), 50);
  }
  const std::vector<std::uint64_t> one_group(list.size(), 7);
  try {
    given_flags(list, rows.scores, {one_group, {}}, options);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), 3);
    EXPECT_NE(std::string(error.what()).find("all rows are of one group"), std::string::npos);
  }
}

}  // namespace
}  // namespace rarewood

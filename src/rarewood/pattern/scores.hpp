#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace rarewood {

/// What a model's raw score is before calibration: forests average shares of positive rows,
/// boosters and linear models add up log-odds.
enum class ScoreScale { probability, log_odds };

/// Rows that share a score, by class. Evaluation takes lists of these and knows no model.
struct ScoreCount {
  double score = 0;
  std::uint64_t n0 = 0;
  std::uint64_t n1 = 0;
  double cost = 0;  ///< of a wrong decision about each of these rows, where rows have their own
};

using ScoreList = std::vector<ScoreCount>;  ///< in any order; scores may repeat

/// Scores of rows by models that did not see them: what thresholds and calibrators are chosen on.
class OofScores {
 public:
  const ScoreList& list() const { return list_; }
  /// The fold of each entry of list(), so that choices can be cross-fitted.
  const std::vector<std::uint32_t>& fold() const { return fold_; }
  /// How many there are, 0 .. folds-1; one may be without entries.
  std::uint32_t folds() const {
    return fold_.empty() ? 0 : 1 + *std::max_element(fold_.begin(), fold_.end());
  }
  /// The entries of all other folds: what may decide about the rows of this one.
  OofScores without_fold(std::uint32_t k) const { return without_folds(k, k); }
  /// The same of all folds but two.
  OofScores without_folds(std::uint32_t a, std::uint32_t b) const {
    OofScores others({}, {}, scale_);
    for (std::size_t i = 0; i < list_.size(); ++i) {
      if (fold_[i] == a || fold_[i] == b) continue;
      others.list_.push_back(list_[i]);
      others.fold_.push_back(fold_[i]);
    }
    return others;
  }
  /// The same entries by ascending score: to be sorted once where many parts of them are judged.
  OofScores ascending() const {
    std::vector<std::size_t> order(list_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return std::pair(list_[a].score, a) < std::pair(list_[b].score, b);
    });
    OofScores sorted({}, {}, scale_);
    for (const std::size_t i : order) {
      sorted.list_.push_back(list_[i]);
      sorted.fold_.push_back(fold_[i]);
    }
    return sorted;
  }
  ScoreScale scale() const { return scale_; }

 private:
  friend class OutOfFold;
  friend class RateTable;
  friend struct ScoresForTest;  // defined by unit tests only
  OofScores(ScoreList list, std::vector<std::uint32_t> fold, ScoreScale scale)
      : list_(std::move(list)), fold_(std::move(fold)), scale_(scale) {}

  ScoreList list_;
  std::vector<std::uint32_t> fold_;
  ScoreScale scale_;
};

/// Scores of the test part by the finished model: what is reported, never chosen on.
class TestScores {
 public:
  const ScoreList& list() const { return list_; }

 private:
  friend class TestScoring;
  friend class RateTable;
  friend struct ScoresForTest;  // defined by unit tests only
  explicit TestScores(ScoreList list) : list_(std::move(list)) {}

  ScoreList list_;
};

}  // namespace rarewood

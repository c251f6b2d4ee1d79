#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "rarewood/evaluate/metrics.hpp"
#include "rarewood/pattern/scores.hpp"

namespace rarewood {

/// Entries by score, the highest first; of equal scores the earlier entry.
std::vector<std::uint32_t> descending(const ScoreList& scores);

/// What a row loses by its class's probability: -ln of it, kept 2^-52 off 0 and 1 as scikit-learn
/// does.
double log_loss_of(double probability_of_true_class);

/// The part of every metric that does not depend on how many rows each entry has: the order of the
/// scores, their ties, and what a row of each class loses there. A bootstrap computes it once and
/// the metrics of each draw in one pass.
class Ranking {
 public:
  /// \throws Error(bug) for a score outside [0, 1]
  Ranking(const ScoreList& probabilities, const Flags& flags);

  std::size_t entries() const { return order_.size(); }

  /// \param n0, n1  [entries] rows by class, in the order of the list the ranking was made from
  Metrics metrics(std::span<const std::uint32_t> n0, std::span<const std::uint32_t> n1) const;
  Metrics metrics(std::span<const std::uint64_t> n0, std::span<const std::uint64_t> n1) const;

 private:
  /// Entries of one score: the next `entries` of order_.
  struct Tie {
    std::uint32_t entries = 0;
    double brier0 = 0, brier1 = 0;  ///< loss of one row of the negative, the positive class
    double log0 = 0, log1 = 0;
  };

  template <typename Count>
  Metrics metrics_of(std::span<const Count> n0, std::span<const Count> n1) const;

  std::vector<std::uint32_t> order_;    ///< entries by score, highest first
  std::vector<std::uint32_t> flagged_;  ///< those of them that are predicted positive
  std::vector<Tie> ties_;
};

}  // namespace rarewood

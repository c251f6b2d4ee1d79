#include "rarewood/evaluate/ranking.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "rarewood/base/error.hpp"

namespace rarewood {
namespace {

// Twice the number of ordered pairs may pass 64 bits.
__extension__ using Wide = unsigned __int128;

/// Rows met so far, from the highest score down.
struct Met {
  std::uint64_t n0 = 0;
  std::uint64_t n1 = 0;
};

}  // namespace

std::vector<std::uint32_t> descending(const ScoreList& scores) {
  // Neighbours often share a score, as where entries are cut by group: they stay together.
  std::vector<std::uint32_t> runs;  // first entry of each
  for (std::uint32_t i = 0; i < scores.size(); ++i) {
    if (i == 0 || scores[i].score != scores[i - 1].score) runs.push_back(i);
  }
  std::sort(runs.begin(), runs.end(), [&](std::uint32_t a, std::uint32_t b) {
    return scores[a].score != scores[b].score ? scores[a].score > scores[b].score : a < b;
  });
  std::vector<std::uint32_t> order;
  order.reserve(scores.size());
  for (const std::uint32_t first : runs) {
    std::uint32_t entry = first;
    do order.push_back(entry++);
    while (entry < scores.size() && scores[entry].score == scores[first].score);
  }
  return order;
}

double log_loss_of(double probability_of_true_class) {
  constexpr double kEdge = std::numeric_limits<double>::epsilon();
  return -std::log(std::clamp(probability_of_true_class, kEdge, 1 - kEdge));
}

Ranking::Ranking(const ScoreList& probabilities, const Flags& flags) {
  for (const ScoreCount& entry : probabilities) {
    if (!(entry.score >= 0 && entry.score <= 1)) {
      throw Error(ErrorKind::bug, "A probability is not in 0..1.");
    }
  }
  order_ = descending(probabilities);
  double score = std::numeric_limits<double>::quiet_NaN();
  for (const std::uint32_t entry : order_) {
    const double next = probabilities[entry].score;
    if (next != score) {
      score = next;
      ties_.push_back({0, score * score, (1 - score) * (1 - score), log_loss_of(1 - score),
                       log_loss_of(score)});
    }
    ++ties_.back().entries;
    if (flags[entry] != 0) flagged_.push_back(entry);
  }
}

template <typename Count>
Metrics Ranking::metrics_of(std::span<const Count> n0, std::span<const Count> n1) const {
  Met all;
  Wide pairs = 0;  // twice the pairs whose positive row scores higher; a tie counts one
  double precision_sum = 0;
  double brier = 0;
  double log_loss = 0;
  const std::uint32_t* entry = order_.data();
  for (const Tie& tie : ties_) {
    std::uint64_t here0 = 0;
    std::uint64_t here1 = 0;
    for (const std::uint32_t* end = entry + tie.entries; entry != end; ++entry) {
      here0 += n0[*entry];
      here1 += n1[*entry];
    }
    if (here0 > 0) {
      pairs += Wide{here0} * (2 * all.n1 + here1);
      all.n0 += here0;
      brier += static_cast<double>(here0) * tie.brier0;
      log_loss += static_cast<double>(here0) * tie.log0;
    }
    if (here1 > 0) {
      all.n1 += here1;
      precision_sum += static_cast<double>(here1) * static_cast<double>(all.n1) /
                       static_cast<double>(all.n0 + all.n1);
      brier += static_cast<double>(here1) * tie.brier1;
      log_loss += static_cast<double>(here1) * tie.log1;
    }
  }
  Met predicted;
  for (const std::uint32_t flagged : flagged_) {
    predicted.n0 += n0[flagged];
    predicted.n1 += n1[flagged];
  }
  const Confusion confusion{all.n0 - predicted.n0, predicted.n0, all.n1 - predicted.n1,
                            predicted.n1};
  const double rows = static_cast<double>(std::max<std::uint64_t>(all.n0 + all.n1, 1));
  const double positives = static_cast<double>(all.n1);
  Metrics metrics = at_threshold(confusion);
  metrics.brier = brier / rows;
  metrics.log_loss = log_loss / rows;
  metrics.auc_roc = static_cast<double>(pairs) / (2 * static_cast<double>(all.n0) * positives);
  metrics.average_precision = all.n1 == 0 ? 0 : precision_sum / positives;
  return metrics;
}

Metrics Ranking::metrics(std::span<const std::uint32_t> n0,
                         std::span<const std::uint32_t> n1) const {
  return metrics_of(n0, n1);
}

Metrics Ranking::metrics(std::span<const std::uint64_t> n0,
                         std::span<const std::uint64_t> n1) const {
  return metrics_of(n0, n1);
}

}  // namespace rarewood

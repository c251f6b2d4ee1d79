#include "rarewood/evaluate/influence.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "rarewood/evaluate/distribution.hpp"
#include "rarewood/evaluate/ranking.hpp"

namespace rarewood {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

/// Entries that share a score, with their rows.
struct Tie {
  std::size_t begin = 0;  ///< in the order of the scores
  std::size_t end = 0;
  double n0 = 0;
  double n1 = 0;
};

struct Ordered {
  std::vector<std::uint32_t> order;  ///< entries, highest score first
  std::vector<Tie> ties;
  double n0 = 0;
  double n1 = 0;
};

Ordered ordered(const ScoreList& scores) {
  Ordered result{descending(scores), {}, 0, 0};
  for (std::size_t place = 0; place < result.order.size(); ++place) {
    const ScoreCount& entry = scores[result.order[place]];
    if (place == 0 || entry.score != scores[result.order[place - 1]].score) {
      result.ties.push_back({place, place, 0, 0});
    }
    Tie& tie = result.ties.back();
    tie.end = place + 1;
    tie.n0 += static_cast<double>(entry.n0);
    tie.n1 += static_cast<double>(entry.n1);
    result.n0 += static_cast<double>(entry.n0);
    result.n1 += static_cast<double>(entry.n1);
  }
  return result;
}

Influence empty_influence(std::size_t entries) {
  return {std::vector<double>(entries), std::vector<double>(entries)};
}

/// What one row of each class moves, the same for all entries of a tie.
void set_tie(const Ordered& all, const Tie& tie, const std::pair<double, double>& values,
             Influence& influence) {
  for (std::size_t place = tie.begin; place < tie.end; ++place) {
    influence.of_negative[all.order[place]] = values.first;
    influence.of_positive[all.order[place]] = values.second;
  }
}

/// n (n - 1) under the root; a class of one row has no spread to measure.
double root_of_pairs(double n) { return std::sqrt(n * std::max(n - 1, 1.0)); }

double square(double value) { return value * value; }

struct Powers {
  double second = 0;
  double fourth = 0;

  void add(double value, double times) {
    second += times * square(value);
    fourth += times * square(square(value));
  }
};

Powers powers_of_rows(const Influence& influence, const ScoreList& rows) {
  Powers powers;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    powers.add(influence.of_negative[i], static_cast<double>(rows[i].n0));
    powers.add(influence.of_positive[i], static_cast<double>(rows[i].n1));
  }
  return powers;
}

/// [blocks] sums over the rows of each
std::vector<double> block_sums(const Influence& influence, const EntryBlocks& blocks) {
  std::vector<double> sums(blocks.blocks());
  for (std::size_t block = 0; block < sums.size(); ++block) {
    for (const auto& [entry, n0, n1] : blocks.of_block(block)) {
      sums[block] += influence.of_negative[entry] * static_cast<double>(n0) +
                     influence.of_positive[entry] * static_cast<double>(n1);
    }
  }
  return sums;
}

}  // namespace

Influence auc_influence(const ScoreList& scores) {
  const Ordered all = ordered(scores);
  double concordant = 0;
  double above1 = 0;
  for (const Tie& tie : all.ties) {
    concordant += tie.n0 * (above1 + tie.n1 / 2);
    above1 += tie.n1;
  }
  const double auc = concordant / (all.n0 * all.n1);
  Influence influence = empty_influence(scores.size());
  double above0 = 0;
  above1 = 0;
  for (const Tie& tie : all.ties) {
    const double beaten = (all.n0 - above0 - tie.n0 / 2) / all.n0;  // by a positive row here
    const double beating = (above1 + tie.n1 / 2) / all.n1;          // a negative row here
    set_tie(all, tie,
            {(beating - auc) / root_of_pairs(all.n0), (beaten - auc) / root_of_pairs(all.n1)},
            influence);
    above0 += tie.n0;
    above1 += tie.n1;
  }
  return influence;
}

Influence average_precision_influence(const ScoreList& scores) {
  const Ordered all = ordered(scores);
  // Sums over the positive rows from a tie downwards, of the precision there if a row of the
  // negative or the positive class at or above them were missing.
  double without0 = 0;
  double without1 = 0;
  std::vector<std::pair<double, double>> precisions;  // reached with each tie: as is, without one
  Tie met;
  for (const Tie& tie : all.ties) {
    met.n0 += tie.n0;
    met.n1 += tie.n1;
    const double rows = met.n0 + met.n1;
    const double fewer = std::max(rows - 1, 1.0);
    precisions.emplace_back(met.n1 / std::max(rows, 1.0), (met.n1 - 1) / fewer);
    without0 += tie.n1 * met.n1 / fewer;
    without1 += tie.n1 * (met.n1 - 1) / fewer;
  }
  Influence influence = empty_influence(scores.size());
  double above = 0;
  double mean = 0;
  met = {};
  for (std::size_t t = 0; t < all.ties.size(); ++t) {
    const Tie& tie = all.ties[t];
    met.n0 += tie.n0;
    met.n1 += tie.n1;
    const double fewer = std::max(met.n0 + met.n1 - 1, 1.0);
    const double if_negative = (above + without0) / all.n1;
    const double if_positive =
        (above + without1 - precisions[t].second) / std::max(all.n1 - 1, 1.0);
    set_tie(all, tie, {if_negative, if_positive}, influence);
    mean += (tie.n0 * if_negative + tie.n1 * if_positive) / (all.n0 + all.n1);
    above += tie.n1 * precisions[t].first;
    without0 -= tie.n1 * met.n1 / fewer;
    without1 -= tie.n1 * (met.n1 - 1) / fewer;
  }
  const double rows = all.n0 + all.n1;
  const double scale = std::sqrt((rows - 1) / rows);
  for (double& value : influence.of_negative) value = (mean - value) * scale;
  for (double& value : influence.of_positive) value = (mean - value) * scale;
  return influence;
}

Influence mean_influence(const ScoreList& scores, std::span<const double> loss0,
                         std::span<const double> loss1) {
  double sum = 0;
  double rows = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const auto n0 = static_cast<double>(scores[i].n0);
    const auto n1 = static_cast<double>(scores[i].n1);
    sum += n0 * loss0[i] + n1 * loss1[i];
    rows += n0 + n1;
  }
  const double mean = sum / rows;
  Influence influence = empty_influence(scores.size());
  for (std::size_t i = 0; i < scores.size(); ++i) {
    influence.of_negative[i] = (loss0[i] - mean) / root_of_pairs(rows);
    influence.of_positive[i] = (loss1[i] - mean) / root_of_pairs(rows);
  }
  return influence;
}

Influence brier_influence(const ScoreList& list) {
  std::vector<double> loss0;
  std::vector<double> loss1;
  for (const ScoreCount& entry : list) {
    loss0.push_back(entry.score * entry.score);
    loss1.push_back((1 - entry.score) * (1 - entry.score));
  }
  return mean_influence(list, loss0, loss1);
}

Influence log_loss_influence(const ScoreList& list) {
  std::vector<double> loss0;
  std::vector<double> loss1;
  for (const ScoreCount& entry : list) {
    loss0.push_back(log_loss_of(1 - entry.score));
    loss1.push_back(log_loss_of(entry.score));
  }
  return mean_influence(list, loss0, loss1);
}

Influence difference_of(const Influence& one, const Influence& other) {
  Influence difference = one;
  for (std::size_t i = 0; i < one.of_negative.size(); ++i) {
    difference.of_negative[i] -= other.of_negative[i];
    difference.of_positive[i] -= other.of_positive[i];
  }
  return difference;
}

Spread spread_of(const Influence& influence, const ScoreList& rows, const EntryBlocks& blocks) {
  const Powers by_row = powers_of_rows(influence, rows);
  const double rows_decide = by_row.second == 0 ? 0 : square(by_row.second) / by_row.fourth;
  if (blocks.empty()) return {by_row.second, rows_decide, 1};
  const std::vector<double> sums = block_sums(influence, blocks);
  if (sums.size() < kFewestBlocks) return {kUnknown, 0, kUnknown};
  if (by_row.second == 0) return {};
  const auto count = static_cast<double>(sums.size());
  double mean = 0;
  for (const double sum : sums) mean += sum / count;
  Powers by_block;
  for (const double sum : sums) by_block.add(sum - mean, 1);
  const double variance = by_block.second * count / (count - 1);
  constexpr double kRounding = 1e-12;
  if (variance < kRounding * by_row.second) return {0, 0, 0};
  const double effective = square(by_block.second) / by_block.fourth;
  return {variance, std::min(effective, count - 1), variance / by_row.second};
}

double freedom_of(const Spread& spread) {
  constexpr double kLeastFreedom = 2;
  return std::max(spread.effective, kLeastFreedom);
}

double quantile_of(const Spread& spread) { return student_t_of_95(freedom_of(spread)); }

}  // namespace rarewood

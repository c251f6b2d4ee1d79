#include "rarewood/audit/strength.hpp"

#include <algorithm>
#include <cmath>

#include "rarewood/evaluate/influence.hpp"
#include "rarewood/evaluate/metrics.hpp"
#include "rarewood/evaluate/proportion.hpp"

namespace rarewood {
namespace {

/// Rows of one score.
struct Scored {
  double score = 0;
  double n0 = 0;
  double n1 = 0;
  double base_rate = 0;  ///< of the rows the score was learned from
};

std::vector<Scored> cross_fitted(const GroupCounts& counts) {
  const std::vector<ClassTotals> all = counts.totals();
  const ClassTotals sum = class_totals(all);
  std::vector<Scored> scored;
  for (std::uint32_t k = 0; k < counts.folds; ++k) {
    ClassTotals own;
    for (std::size_t g = 0; g < counts.groups; ++g) {
      own.n0 += counts.at(k, g).n0;
      own.n1 += counts.at(k, g).n1;
    }
    const ClassTotals others{sum.n0 - own.n0, sum.n1 - own.n1};
    const double base = others.base_rate();
    if (base <= 0 || base >= 1) return {};
    for (std::size_t g = 0; g < counts.groups; ++g) {
      const ClassTotals& here = counts.at(k, g);
      if (here.rows() == 0) continue;
      const auto n1 = static_cast<double>(all[g].n1 - here.n1);
      const auto rows = static_cast<double>(all[g].rows() - here.rows());
      scored.push_back({(n1 + base) / (rows + 1), static_cast<double>(here.n0),
                        static_cast<double>(here.n1), base});
    }
  }
  return scored;
}

/// Two-sided normal interval of a share of pairs on the logit scale; where no pair is wrong the
/// variance is 0 and the rarer class alone says how sure that is.
Interval auc_interval(double auc, double variance, double rarer) {
  const double edge = 3.689 / rarer;  // -ln(0.025): the rule of three at 97.5 %
  if (auc >= 1 || auc <= 0 || variance <= 0) {
    return {std::max(0.0, auc - edge), std::min(1.0, auc + edge)};
  }
  const double logit = std::log(auc / (1 - auc));
  const double half = kNormal95 * std::sqrt(variance) / (auc * (1 - auc));
  const auto back = [](double x) { return 1 / (1 + std::exp(-x)); };
  return {back(logit - half), back(logit + half)};
}

/// AUC with DeLong's variance.
void judge_ranking(const std::vector<Scored>& scored, const ClassTotals& totals,
                   Strength& strength) {
  ScoreList list;
  for (const Scored& each : scored) {
    list.push_back(
        {each.score, static_cast<std::uint64_t>(each.n0), static_cast<std::uint64_t>(each.n1)});
  }
  strength.auc_roc = compute_metrics(list, Flags(list.size(), 0)).auc_roc;
  strength.auc_interval =
      auc_interval(strength.auc_roc, spread_of(auc_influence(list), list, {}).variance,
                   static_cast<double>(std::min(totals.n0, totals.n1)));
}

/// 1 - log loss / log loss of the base rate, with the variance of a ratio of means.
void judge_information(const std::vector<Scored>& scored, double z, Strength& strength) {
  double loss = 0;
  double base_loss = 0;
  for (const Scored& each : scored) {
    loss -= each.n1 * std::log(each.score) + each.n0 * std::log1p(-each.score);
    base_loss -= each.n1 * std::log(each.base_rate) + each.n0 * std::log1p(-each.base_rate);
  }
  const double ratio = loss / base_loss;
  double square = 0;
  for (const Scored& each : scored) {
    const double of1 = -std::log(each.score) + ratio * std::log(each.base_rate);
    const double of0 = -std::log1p(-each.score) + ratio * std::log1p(-each.base_rate);
    square += each.n1 * of1 * of1 + each.n0 * of0 * of0;
  }
  const double error = std::sqrt(square) / base_loss;
  strength.information = 1 - ratio;
  strength.information_interval = {strength.information - kNormal95 * error,
                                   std::min(1.0, strength.information + kNormal95 * error)};
  strength.information_low = strength.information - z * error;
}

}  // namespace

std::vector<ClassTotals> GroupCounts::totals() const {
  std::vector<ClassTotals> all(groups);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    all[i % groups].n0 += rows[i].n0;
    all[i % groups].n1 += rows[i].n1;
  }
  return all;
}

double simultaneous_z(std::size_t tries) {
  const double tail = 0.025 / static_cast<double>(std::max<std::size_t>(tries, 1));
  double low = 0;
  double high = 40;
  for (int step = 0; step < 80; ++step) {
    const double middle = (low + high) / 2;
    (std::erfc(middle / std::sqrt(2.0)) / 2 > tail ? low : high) = middle;
  }
  return (low + high) / 2;
}

Strength strength_of(const GroupCounts& counts, std::size_t tries) {
  Strength strength;
  const ClassTotals sum = class_totals(counts.rows);
  if (sum.n0 == 0 || sum.n1 == 0 || counts.folds < 2) return strength;
  const std::vector<Scored> scored = cross_fitted(counts);
  if (scored.empty()) return strength;  // a fold holds all rows of a class
  judge_information(scored, simultaneous_z(tries), strength);
  judge_ranking(scored, sum, strength);
  return strength;
}

}  // namespace rarewood

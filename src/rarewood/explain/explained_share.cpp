#include "rarewood/explain/explained_share.hpp"

#include <algorithm>
#include <cmath>

namespace rarewood {
namespace {

constexpr double kNegligible = 1e-14;  // of the likeliest number's chance

/// -sum n ln(n / rows) of both classes, in rows times nats.
double entropy(double n0, double n1) {
  const double rows = n0 + n1;
  double sum = 0;
  for (const double count : {n0, n1}) {
    if (count > 0) sum -= count * std::log(count / rows);
  }
  return sum;
}

struct Moments {
  double mean = 0;
  double variance = 0;
};

/// The positive rows of a group whose rows are drawn by lot from all (hypergeometric).
class RowsByLot {
 public:
  RowsByLot(const ClassTotals& all, std::uint64_t rows)
      : n0_(static_cast<double>(all.n0)),
        n1_(static_cast<double>(all.n1)),
        rows_(static_cast<double>(rows)) {}

  /// Of the group's part of the information, outwards from the likeliest number until nothing is
  /// left to add. Over all groups the parts add up to what they take away of the entropy.
  Moments information_moments() const {
    const double likeliest = std::floor((rows_ + 1) * (n1_ + 1) / (n0_ + n1_ + 2));
    Sums sums;
    sums.add(1, information_at(likeliest));
    double chance = 1;
    for (double x = likeliest; (chance *= step_up(x)) > kNegligible; ++x) {
      sums.add(chance, information_at(x + 1));
    }
    chance = 1;
    for (double x = likeliest; (chance /= step_up(x - 1)) > kNegligible; --x) {
      sums.add(chance, information_at(x - 1));
    }
    const double mean = sums.first / sums.chance;
    return {mean, std::max(0.0, sums.second / sums.chance - mean * mean)};
  }

 private:
  struct Sums {
    double chance = 0;
    double first = 0;
    double second = 0;
    void add(double weight, double value) {
      chance += weight;
      first += weight * value;
      second += weight * value * value;
    }
  };

  /// Half the group's likelihood ratio against the rate of all rows: flat at that rate, where the
  /// entropy is not, so that the groups' variances may be added up.
  double information_at(double positive) const {
    const double share1 = n1_ / (n0_ + n1_);
    double sum = 0;
    if (positive > 0) sum += positive * std::log(positive / (rows_ * share1));
    const double negative = rows_ - positive;
    if (negative > 0) sum += negative * std::log(negative / (rows_ * (1 - share1)));
    return sum;
  }

  /// chance of x + 1 / chance of x: 0 above the highest number, infinite below the lowest
  double step_up(double x) const {
    return (rows_ - x) * (n1_ - x) / ((x + 1) * (n0_ - rows_ + x + 1));
  }

  double n0_, n1_, rows_;
};

/// Whether a likelihood ratio is above its 95th percentile under chance: that of the multiple of a
/// chi-square with this mean and variance.
bool beyond_chance(double ratio, const Moments& by_chance) {
  const double scale = by_chance.variance / (2 * by_chance.mean);
  const double degrees = by_chance.mean / scale;
  const double share = 2 / (9 * degrees);
  const double root = 1 - share + 1.6448536269514722 * std::sqrt(share);
  return ratio > by_chance.mean * root * root * root;
}

}  // namespace

double explained_share(std::span<const ClassTotals> groups) {
  ClassTotals all;
  double within = 0;
  for (const ClassTotals& group : groups) {
    all.n0 += group.n0;
    all.n1 += group.n1;
    within += entropy(static_cast<double>(group.n0), static_cast<double>(group.n1));
  }
  const double total = entropy(static_cast<double>(all.n0), static_cast<double>(all.n1));
  if (total <= 0) return 0;
  Moments by_chance;  // what the groups take away; each as if alone
  for (const ClassTotals& group : groups) {
    if (group.rows() == 0) continue;
    const Moments one = RowsByLot(all, group.rows()).information_moments();
    by_chance.mean += one.mean;
    by_chance.variance += one.variance;
  }
  // Never less than one degree of freedom has; and groups that make up all rows vary together, so
  // that their sum may vary more than their parts: never less than chi-square does.
  Moments ratio{std::max(1.0, 2 * by_chance.mean), 4 * by_chance.variance};
  ratio.variance = std::max(ratio.variance, 2 * ratio.mean);
  if (!beyond_chance(2 * (total - within), ratio)) return 0;
  const double left = total - by_chance.mean;
  return std::clamp((left - within) / left, 0.0, 1.0);
}

}  // namespace rarewood

#include "rarewood/evaluate/design_effect.hpp"

#include <algorithm>
#include <utility>

#include "rarewood/evaluate/distribution.hpp"
#include "rarewood/evaluate/influence.hpp"
#include "rarewood/evaluate/proportion.hpp"

namespace rarewood {
namespace {

/// Sums over groups of one share: of its rows, their squares, their products with the group's size.
struct ShareSums {
  std::uint64_t rows = 0;
  std::uint64_t squares = 0;
  std::uint64_t with_size = 0;
  std::uint64_t groups = 0;
};

struct AllSums {
  std::vector<ShareSums> shares;
  std::uint64_t rows = 0;
  std::uint64_t squares = 0;  ///< of the groups' sizes
  std::uint64_t groups = 0;   ///< with a row that is asked about
};

class Summing {
 public:
  explicit Summing(std::size_t shares) : sums_{std::vector<ShareSums>(shares)}, here_(shares) {}

  void add_row(std::uint32_t share) {
    if (share == kNoShare) return;
    if (here_[share]++ == 0) met_.push_back(share);
    ++size_;
  }
  void close_group() {
    if (size_ == 0) return;
    for (const std::uint32_t share : met_) {
      const std::uint64_t rows = std::exchange(here_[share], 0);
      ShareSums& sums = sums_.shares[share];
      sums.rows += rows;
      sums.squares += rows * rows;
      sums.with_size += rows * size_;
      ++sums.groups;
    }
    sums_.rows += size_;
    sums_.squares += size_ * size_;
    ++sums_.groups;
    met_.clear();
    size_ = 0;
  }
  const AllSums& sums() const { return sums_; }

 private:
  AllSums sums_;
  std::vector<std::uint64_t> here_;  ///< [shares] rows of the group at hand
  std::vector<std::uint32_t> met_;
  std::uint64_t size_ = 0;
};

double as_double(std::uint64_t count) { return static_cast<double>(count); }

/// Sum over groups of (rows of the share less what the group's size lets expect)^2.
double squared_errors(const ShareSums& share, const AllSums& all) {
  const double p = as_double(share.rows) / as_double(all.rows);
  return std::max(0.0, as_double(share.squares) - 2 * p * as_double(share.with_size) +
                           p * p * as_double(all.squares));
}

/// What few groups add, as each of them decides much.
double for_few(std::uint64_t groups) {
  const double ratio = student_t_of_95(as_double(groups - 1)) / kNormal95;
  return ratio * ratio * as_double(groups) / as_double(groups - 1);
}

AllSums sums_of(std::span<const std::uint32_t> share, std::size_t shares,
                const WholeGroups& groups) {
  Summing summing(shares);
  std::size_t at = 0;
  for (const std::size_t end : groups.end) {
    for (; at < end; ++at) summing.add_row(share[groups.rows[at]]);
    summing.close_group();
  }
  return summing.sums();
}

/// Effects of the shares that some rows have, and some have not.
void measure(const AllSums& all, GroupedShares& result) {
  const double n = as_double(all.rows);
  const double factor = for_few(all.groups);
  double together = 0;
  double shares = 0;
  for (std::size_t s = 0; s < all.shares.size(); ++s) {
    const double p = as_double(all.shares[s].rows) / n;
    if (p == 0 || p == 1) continue;
    const double relative = factor * squared_errors(all.shares[s], all) / (n * p);
    result.effects[s] = std::max(1.0, relative / (1 - p));
    together += relative;
    shares += 1;
  }
  if (shares > 1) result.together = std::max(1.0, together / (shares - 1));
}

}  // namespace

WholeGroups whole_groups(std::span<const std::uint64_t> keys) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> order;
  order.reserve(keys.size());
  for (const std::uint64_t key : keys) {
    order.emplace_back(key, static_cast<std::uint32_t>(order.size()));
  }
  std::sort(order.begin(), order.end());
  WholeGroups groups;
  groups.rows.reserve(keys.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i > 0 && order[i].first != order[i - 1].first) groups.end.push_back(i);
    groups.rows.push_back(order[i].second);
  }
  if (!order.empty()) groups.end.push_back(order.size());
  if (groups.end.size() == keys.size()) return {};
  return groups;
}

double effect_of_alike(const WholeGroups& groups) {
  if (groups.empty()) return 1;
  std::uint64_t squares = 0;
  std::size_t begin = 0;
  for (const std::size_t end : groups.end) {
    squares += (end - begin) * (end - begin);
    begin = end;
  }
  return as_double(squares) / as_double(groups.rows.size());
}

GroupedShares grouped_shares(std::span<const std::uint32_t> share, std::size_t shares,
                             const WholeGroups& groups) {
  const AllSums all = sums_of(share, shares, groups);
  GroupedShares result{{}, std::vector<double>(shares, 1), 1};
  for (const ShareSums& sums : all.shares) result.groups.push_back(sums.groups);
  if (all.rows == 0) return result;
  const double a_trial_each = as_double(all.rows) / as_double(all.groups);
  result.effects.assign(shares, a_trial_each);
  result.together = a_trial_each;
  if (all.groups >= kFewestBlocks) measure(all, result);
  return result;
}

}  // namespace rarewood

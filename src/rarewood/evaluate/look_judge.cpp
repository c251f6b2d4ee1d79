#include "rarewood/evaluate/look_judge.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>

#include "rarewood/evaluate/interval.hpp"

namespace rarewood {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

double ratio(double part, double whole) { return whole > 0 ? part / whole : kNone; }

ScoreList list_of(const std::vector<double>& scores) {
  ScoreList list;
  for (const double score : scores) list.push_back({score, 0, 0});
  return list;
}

bool takes(const Look& look, LookRows which, std::size_t row) {
  return which == LookRows::all || look.active[row] != 0;
}

/// The lead at a place of the list in which each is repeated as often as it counts.
double seconds_at(const std::vector<Lead>& leads, const UnitCounts& counts, std::uint64_t place) {
  std::uint64_t passed = 0;
  for (const Lead& lead : leads) {
    passed += counts[lead.unit];
    if (passed > place) return lead.seconds;
  }
  return kNone;
}

/// Rows of a look as metric_intervals takes them.
struct BlockedRows {
  ScoreList list;  ///< by rank
  Flags flags;
  std::vector<std::uint32_t> fold;
  EntryBlocks blocks;  ///< the rows of a unit each; empty where no unit has two
};

double auc_of(const BlockedRows& rows) {
  std::vector<double> scores;
  std::vector<std::uint32_t> of_class[2];
  for (const ScoreCount& entry : rows.list) {
    scores.push_back(entry.score);
    of_class[0].push_back(static_cast<std::uint32_t>(entry.n0));
    of_class[1].push_back(static_cast<std::uint32_t>(entry.n1));
  }
  return FoldAuc(scores, rows.fold).value(of_class[0], of_class[1]);
}

EntryBlocks blocks_by_unit(const Look& look, LookRows which,
                           const std::vector<std::uint32_t>& place) {
  std::vector<std::uint32_t> entry;
  std::vector<std::uint8_t> positive;
  std::vector<std::uint32_t> unit;
  for (std::size_t row = 0; row < look.rows(); ++row) {
    if (!takes(look, which, row)) continue;
    entry.push_back(place[look.entry[row]]);
    positive.push_back(look.positive[row]);
    unit.push_back(look.unit[row]);
  }
  return entry_blocks(entry, positive, unit);
}

BlockedRows blocked_rows(const Look& look, LookRows which) {
  ScoreList all = list_of(look.rank);
  for (std::size_t row = 0; row < look.rows(); ++row) {
    if (!takes(look, which, row)) continue;
    ScoreCount& entry = all[look.entry[row]];
    ++(look.positive[row] != 0 ? entry.n1 : entry.n0);
  }
  BlockedRows rows;
  std::vector<std::uint32_t> place(all.size());
  for (std::size_t e = 0; e < all.size(); ++e) {
    place[e] = static_cast<std::uint32_t>(rows.list.size());
    if (all[e].n0 + all[e].n1 == 0) continue;
    rows.list.push_back(all[e]);
    rows.flags.push_back(look.flagged[e]);
    rows.fold.push_back(look.fold[e]);
  }
  const bool one_each =
      std::ranges::adjacent_find(look.unit, std::greater_equal<>()) == look.unit.end();
  if (!one_each) rows.blocks = blocks_by_unit(look, which, place);
  return rows;
}

}  // namespace

std::map<std::string, Interval> look_intervals(const Look& look, LookRows which) {
  const BlockedRows rows = blocked_rows(look, which);
  const MetricIntervals made = metric_intervals(rows.list, rows.flags, rows.blocks);
  std::map<std::string, Interval> intervals;
  for (const char* name : {"average_precision", "f1_score", "precision", "recall"}) {
    intervals[name] = made.intervals.at(name);
  }
  intervals["auc_roc"] = fold_auc_interval(auc_of(rows), rows.list, rows.fold, rows.blocks);
  return intervals;
}

double median_minutes(const std::vector<Lead>& leads, const UnitCounts& counts) {
  std::uint64_t all = 0;
  for (const Lead& lead : leads) all += counts[lead.unit];
  if (all == 0) return kNone;
  return (seconds_at(leads, counts, (all - 1) / 2) + seconds_at(leads, counts, all / 2)) / 120;
}

std::uint64_t counted(const std::vector<std::uint32_t>& units, const UnitCounts& counts) {
  std::uint64_t sum = 0;
  for (const std::uint32_t unit : units) sum += counts[unit];
  return sum;
}

LookJudge::LookJudge(const Look& look, LookRows which)
    : rank_(look.rank),
      order_(look.rank.size()),
      orders_(look.placed),
      ranking_(list_of(look.rank), look.flagged),
      auc_(look.rank, look.fold) {
  std::iota(order_.begin(), order_.end(), 0U);
  std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
    return rank_[a] != rank_[b] ? rank_[a] > rank_[b] : a < b;
  });
  orders_.insert(orders_.end(), look.unseen.begin(), look.unseen.end());
  for (std::size_t row = 0; row < look.rows(); ++row) {
    if (look.positive[row] != 0) orders_.push_back(look.unit[row]);
    if (!takes(look, which, row)) continue;
    unit_.push_back(look.unit[row]);
    place_.push_back(look.entry[row] * 2 + look.positive[row]);
    positives_ += look.positive[row];
    if (look.positive[row] != 0 && look.flagged[look.entry[row]] != 0) {
      caught_.push_back({look.unit[row], look.lead[row]});
    }
  }
  std::ranges::sort(caught_, [](const Lead& a, const Lead& b) {
    return a.seconds != b.seconds ? a.seconds < b.seconds : a.unit < b.unit;
  });
}

double LookJudge::share_at_top(const std::vector<std::uint32_t>& n0,
                               const std::vector<std::uint32_t>& n1, double rows) const {
  double room = kTopShare * rows;
  double found = 0;
  for (std::size_t i = 0; i < order_.size() && room > 0;) {
    std::uint64_t here = 0;
    std::uint64_t here1 = 0;
    const double rank = rank_[order_[i]];
    for (; i < order_.size() && rank_[order_[i]] == rank; ++i) {
      here += std::uint64_t{n0[order_[i]]} + n1[order_[i]];
      here1 += n1[order_[i]];
    }
    if (here == 0) continue;
    const double part = std::min(1.0, room / static_cast<double>(here));
    found += part * static_cast<double>(here1);
    room -= static_cast<double>(here);
  }
  return found;
}

LookFigures LookJudge::figures(const UnitCounts& counts) const {
  std::vector<std::uint32_t> of_class[2];
  for (auto& one : of_class) one.resize(rank_.size());
  for (std::size_t row = 0; row < unit_.size(); ++row) {
    of_class[place_[row] & 1U][place_[row] >> 1U] += counts[unit_[row]];
  }
  ClassTotals totals;
  for (std::size_t e = 0; e < rank_.size(); ++e) {
    totals.n0 += of_class[0][e];
    totals.n1 += of_class[1][e];
  }
  const auto orders = static_cast<double>(counted(orders_, counts));
  const auto rows = static_cast<double>(totals.rows());
  const auto ahead = static_cast<double>(totals.n1);
  const Metrics metrics = ranking_.metrics(std::span<const std::uint32_t>(of_class[0]),
                                           std::span<const std::uint32_t>(of_class[1]));
  const bool both = totals.n0 > 0 && totals.n1 > 0;
  LookFigures figures;
  figures.rows = rows;
  figures.base_rate = ratio(ahead, rows);
  figures.orders_ahead = ratio(ahead, orders);
  figures.auc_roc = auc_.value(of_class[0], of_class[1]);
  figures.average_precision = both ? metrics.average_precision : kNone;
  figures.f1_score = metrics.f1_score;
  figures.precision = metrics.precision;
  figures.recall = metrics.recall;
  figures.f1_flag_all = flag_all_f1(totals);
  figures.recall_at_top = ratio(share_at_top(of_class[0], of_class[1], rows), orders);
  figures.median_lead = median_minutes(caught_, counts);
  return figures;
}

}  // namespace rarewood

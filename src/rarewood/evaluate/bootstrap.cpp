#include "rarewood/evaluate/bootstrap.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "rarewood/base/error.hpp"
#include "rarewood/base/parallel.hpp"
#include "rarewood/base/poisson.hpp"
#include "rarewood/base/random.hpp"

namespace rarewood {
namespace {

/// The cells of one class that have rows: where their number goes, and its distribution.
struct Cells {
  std::vector<std::uint32_t> entry;
  std::vector<const PoissonTable*> table;
};

constexpr std::uint64_t kMostEqualRows = 0x7FFFFFFF;

using Tables = std::map<std::uint64_t, PoissonTable>;

Cells make_cells(const ScoreList& rows, std::uint64_t ScoreCount::* count, Tables& tables) {
  Cells cells;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::uint64_t n = rows[i].*count;
    if (n == 0) continue;
    if (n > kMostEqualRows) {
      throw Error(ErrorKind::data,
                  "More than 2,147,483,647 test rows share a score: intervals are "
                  "not possible. Test on a smaller part, such as --test-size 0.01.");
    }
    cells.entry.push_back(static_cast<std::uint32_t>(i));
    cells.table.push_back(&tables.try_emplace(n, static_cast<double>(n)).first->second);
  }
  return cells;
}

/// Two 32-bit numbers from each 64 bits.
class HalfWords {
 public:
  explicit HalfWords(Random random) : random_(random) {}

  std::uint32_t next() {
    if (full_) {
      full_ = false;
      return static_cast<std::uint32_t>(bits_ >> 32U);
    }
    bits_ = random_.bits();
    full_ = true;
    return static_cast<std::uint32_t>(bits_);
  }

 private:
  Random random_;
  std::uint64_t bits_ = 0;
  bool full_ = false;
};

/// \return rows drawn
std::uint64_t draw_counts(const Cells& cells, HalfWords& random,
                          std::vector<std::uint32_t>& counts) {
  std::uint64_t sum = 0;
  for (std::size_t c = 0; c < cells.entry.size(); ++c) {
    const std::uint32_t drawn = cells.table[c]->draw(random.next());
    counts[cells.entry[c]] = drawn;
    sum += drawn;
  }
  return sum;
}

double percentile(const std::vector<double>& sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

}  // namespace

std::vector<MetricDraws> bootstrap(const ScoreList& rows, const std::vector<Ranking>& rankings,
                                   const BootstrapPlan& plan, const Control& control) {
  Tables tables;
  const Cells cells0 = make_cells(rows, &ScoreCount::n0, tables);
  const Cells cells1 = make_cells(rows, &ScoreCount::n1, tables);

  std::vector<std::vector<std::optional<Metrics>>> all(
      rankings.size(), std::vector<std::optional<Metrics>>(plan.draws));
  constexpr std::uint64_t kBatch = 32;  // draws that share their two arrays
  parallel_for(control, (plan.draws + kBatch - 1) / kBatch, [&](std::size_t batch) {
    std::vector<std::uint32_t> n0(rows.size());
    std::vector<std::uint32_t> n1(rows.size());
    const std::uint64_t end = std::min<std::uint64_t>(plan.draws, (batch + 1) * kBatch);
    for (std::uint64_t draw = batch * kBatch; draw < end; ++draw) {
      HalfWords random(Random(plan.seed, "interval", draw));
      const std::uint64_t negatives = draw_counts(cells0, random, n0);
      const std::uint64_t positives = draw_counts(cells1, random, n1);
      if (negatives == 0 || positives == 0) continue;
      for (std::size_t r = 0; r < rankings.size(); ++r) all[r][draw] = rankings[r].metrics(n0, n1);
    }
  });

  std::vector<MetricDraws> kept(rankings.size());
  for (std::size_t r = 0; r < rankings.size(); ++r) {
    for (const auto& metrics : all[r]) {
      if (metrics) kept[r].push_back(*metrics);
    }
  }
  return kept;
}

Interval percentile_interval(std::vector<double> values) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  if (values.empty()) return {kNone, kNone};
  std::sort(values.begin(), values.end());
  return {percentile(values, 0.025), percentile(values, 0.975)};
}

std::map<std::string, Interval> metric_intervals(const MetricDraws& draws) {
  std::map<std::string, Interval> intervals;
  for (const MetricInfo& metric : kMetrics) {
    std::vector<double> values;
    values.reserve(draws.size());
    for (const Metrics& metrics : draws) values.push_back(metrics.*metric.value);
    intervals[metric.name] = percentile_interval(std::move(values));
  }
  return intervals;
}

}  // namespace rarewood

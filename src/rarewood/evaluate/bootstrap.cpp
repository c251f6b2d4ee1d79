#include "rarewood/evaluate/bootstrap.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "rarewood/base/error.hpp"
#include "rarewood/base/parallel.hpp"
#include "rarewood/base/poisson.hpp"
#include "rarewood/base/random.hpp"
#include "rarewood/base/text.hpp"

namespace rarewood {
namespace {

constexpr std::uint64_t kMostEqualRows = 0x7FFFFFFF;

void refuse_more_than(std::uint64_t most, const ScoreList& rows) {
  for (const ScoreCount& entry : rows) {
    if (std::max(entry.n0, entry.n1) <= most) continue;
    throw Error(ErrorKind::data, "More than " + thousands(most) +
                                     " test rows share a score: intervals are not possible. Test "
                                     "on a smaller part, such as --test-size 0.01.");
  }
}

/// The cells of one class that have rows: where their number goes, and its distribution.
struct Cells {
  std::vector<std::uint32_t> entry;
  std::vector<const PoissonTable*> table;
};

using Tables = std::map<std::uint64_t, PoissonTable>;

Cells make_cells(const ScoreList& rows, std::uint64_t ScoreCount::* count, Tables& tables) {
  Cells cells;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::uint64_t n = rows[i].*count;
    if (n == 0) continue;
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

/// The rows of one draw.
struct Drawn {
  std::vector<std::uint32_t> n0;
  std::vector<std::uint32_t> n1;

  bool has_both() const {
    const auto some = [](std::uint32_t n) { return n > 0; };
    return std::any_of(n0.begin(), n0.end(), some) && std::any_of(n1.begin(), n1.end(), some);
  }
};

void draw_counts(const Cells& cells, HalfWords& random, std::vector<std::uint32_t>& counts) {
  for (std::size_t c = 0; c < cells.entry.size(); ++c) {
    counts[cells.entry[c]] = cells.table[c]->draw(random.next());
  }
}

/// Rows one by one: those of a class and entry are alike, so only their number is drawn.
class RowDraws {
 public:
  explicit RowDraws(const ScoreList& rows)
      : cells0_(make_cells(rows, &ScoreCount::n0, tables_)),
        cells1_(make_cells(rows, &ScoreCount::n1, tables_)) {
    refuse_more_than(kMostEqualRows, rows);
  }

  void draw(HalfWords& random, Drawn& drawn) const {
    draw_counts(cells0_, random, drawn.n0);
    draw_counts(cells1_, random, drawn.n1);
  }

 private:
  Tables tables_;
  Cells cells0_;
  Cells cells1_;
};

/// Whole blocks: how often each is drawn holds for all its rows.
class BlockDraws {
 public:
  BlockDraws(const ScoreList& rows, const EntryBlocks& blocks) : blocks_(blocks) {
    refuse_more_than(kMostEqualRows / 16, rows);  // no Poisson number of mean 1 is ever above 15
  }

  void draw(HalfWords& random, Drawn& drawn) const {
    std::fill(drawn.n0.begin(), drawn.n0.end(), 0);
    std::fill(drawn.n1.begin(), drawn.n1.end(), 0);
    for (std::size_t block = 0; block < blocks_.blocks(); ++block) {
      const std::uint32_t times = once_.draw(random.next());
      for (const auto& [entry, n0, n1] : blocks_.of_block(block)) {
        drawn.n0[entry] += n0 * times;
        drawn.n1[entry] += n1 * times;
      }
    }
  }

 private:
  const EntryBlocks& blocks_;
  PoissonTable once_{1};
};

template <typename Draws>
std::vector<MetricDraws> metrics_of_draws(const Draws& draws, const std::vector<Ranking>& rankings,
                                          const BootstrapPlan& plan, const Control& control) {
  const std::size_t entries = rankings.front().entries();
  std::vector<std::vector<std::optional<Metrics>>> all(
      rankings.size(), std::vector<std::optional<Metrics>>(plan.draws));
  constexpr std::uint64_t kBatch = 32;  // draws that share their two arrays
  parallel_for(control, (plan.draws + kBatch - 1) / kBatch, [&](std::size_t batch) {
    Drawn drawn{std::vector<std::uint32_t>(entries), std::vector<std::uint32_t>(entries)};
    const std::uint64_t end = std::min<std::uint64_t>(plan.draws, (batch + 1) * kBatch);
    for (std::uint64_t draw = batch * kBatch; draw < end; ++draw) {
      HalfWords random(Random(plan.seed, "interval", draw));
      draws.draw(random, drawn);
      if (!drawn.has_both()) continue;
      for (std::size_t r = 0; r < rankings.size(); ++r) {
        all[r][draw] = rankings[r].metrics(drawn.n0, drawn.n1);
      }
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

}  // namespace

std::vector<MetricDraws> bootstrap(const ScoreList& rows, const std::vector<Ranking>& rankings,
                                   const EntryBlocks& blocks, const BootstrapPlan& plan,
                                   const Control& control) {
  if (blocks.empty()) return metrics_of_draws(RowDraws(rows), rankings, plan, control);
  return metrics_of_draws(BlockDraws(rows, blocks), rankings, plan, control);
}

}  // namespace rarewood

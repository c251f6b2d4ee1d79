#include "rarewood/pattern/row_folds.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "rarewood/base/error.hpp"
#include "rarewood/base/random.hpp"

namespace rarewood {
namespace {

std::uint32_t counted_fold(const RowFacts& facts, std::uint32_t row) {
  return facts.folds.empty() ? 0 : facts.folds[row];
}

/// What tells cells of one pattern and fold apart.
struct CellKind {
  float weight = 1;
  double cost = 0;

  bool operator==(const CellKind&) const = default;
  auto operator<=>(const CellKind&) const = default;
};

CellKind kind_of(const RowFacts& facts, std::uint32_t row) {
  return {facts.weights.empty() ? 1 : facts.weights[row],
          facts.costs.empty() ? 0 : facts.costs[row]};
}

/// Items by their ascending number, those of one number in their order.
/// \param number  [all items]
std::vector<std::uint32_t> by_number(std::span<const std::uint32_t> items,
                                     std::span<const std::uint32_t> number) {
  std::vector<std::uint32_t> begin;
  for (const std::uint32_t item : items) {
    const std::uint32_t n = number[item];
    if (n + 2 > begin.size()) begin.resize(n + 2);
    ++begin[n + 1];
  }
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  std::vector<std::uint32_t> sorted(items.size());
  for (const std::uint32_t item : items) sorted[begin[number[item]]++] = item;
  return sorted;
}

/// All rows by ascending pattern, of one pattern in their order.
std::vector<std::uint32_t> by_pattern(std::span<const std::uint32_t> pattern) {
  std::vector<std::uint32_t> rows(pattern.size());
  std::iota(rows.begin(), rows.end(), 0U);
  return by_number(rows, pattern);
}

/// As cells are sorted whose rows have costs.
void sort_by_kind(std::span<const std::uint32_t> folds, std::span<const std::uint32_t> pattern,
                  const RowFacts& facts, std::vector<std::uint32_t>& rows) {
  const auto place = [&](std::uint32_t row) {
    return std::tuple(folds[row], pattern[row], kind_of(facts, row), row);
  };
  std::sort(rows.begin(), rows.end(),
            [&](std::uint32_t a, std::uint32_t b) { return place(a) < place(b); });
}

/// The places that the cells of one pattern still have for rows, by class.
class Places {
 public:
  explicit Places(std::span<const Cell> cells) {
    left_.reserve(cells.size());
    for (const Cell& cell : cells) {
      left_.push_back({{cell.weight, cell.cost}, cell.fold, {cell.n0, cell.n1}});
    }
    std::sort(left_.begin(), left_.end(), [](const Left& a, const Left& b) {
      return std::tie(a.kind, a.fold) < std::tie(b.kind, b.fold);
    });
  }

  /// A row whose fold is known takes its place.
  void take(std::uint32_t fold, const CellKind& kind, bool positive) {
    for (Left& each : of_kind(kind)) {
      if (each.fold == fold) --each.rows[positive];
    }
  }

  /// Any of the places left is as likely as any other. \return its fold
  std::uint32_t draw(Random& random, const CellKind& kind, bool positive) {
    const std::span<Left> places = of_kind(kind);
    std::uint64_t all = 0;
    for (const Left& each : places) all += each.rows[positive];
    std::uint64_t place = all == 0 ? 0 : random.below(all);
    for (Left& each : places) {
      if (place < each.rows[positive]) {
        --each.rows[positive];
        return each.fold;
      }
      place -= each.rows[positive];
    }
    throw Error(ErrorKind::bug, "A row has no place in the parts that were drawn.");
  }

 private:
  struct Left {
    CellKind kind;
    std::uint32_t fold;
    std::uint32_t rows[2];
  };

  /// Of costs there are about as many as rows: those of a kind are found, not looked for.
  std::span<Left> of_kind(const CellKind& kind) {
    const auto found = std::ranges::equal_range(left_, kind, {}, &Left::kind);
    return {found.begin(), found.end()};
  }

  std::vector<Left> left_;
};

/// Of the rows of one pattern.
void draw_folds_of(std::span<std::uint32_t> rows, std::span<const Cell> cells,
                   const RowsOfCells& all, Random random, std::vector<std::uint32_t>& folds) {
  const RowFacts& facts = all.facts;
  std::sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tuple(facts.positive[a], kind_of(facts, a), all.likeness[a]) <
           std::tuple(facts.positive[b], kind_of(facts, b), all.likeness[b]);
  });
  Places places(cells);
  for (const std::uint32_t row : rows) {
    folds[row] = counted_fold(facts, row);
    if (folds[row] != 0) places.take(folds[row], kind_of(facts, row), facts.positive[row] != 0);
  }
  for (const std::uint32_t row : rows) {
    if (folds[row] != 0) continue;
    folds[row] = places.draw(random, kind_of(facts, row), facts.positive[row] != 0);
  }
}

}  // namespace

std::vector<std::uint32_t> draw_row_folds(const CellTable& drawn, const RowsOfCells& rows,
                                          std::uint64_t seed) {
  std::vector<std::uint32_t> order = by_pattern(rows.pattern);
  std::vector<std::uint32_t> folds(order.size());
  auto cell = drawn.cells.begin();
  for (std::size_t begin = 0; begin < order.size();) {
    const std::uint32_t pattern = rows.pattern[order[begin]];
    std::size_t end = begin;
    while (end < order.size() && rows.pattern[order[end]] == pattern) ++end;
    const auto first = std::find_if(cell, drawn.cells.end(),
                                    [&](const Cell& each) { return each.pattern >= pattern; });
    cell = std::find_if(first, drawn.cells.end(),
                        [&](const Cell& each) { return each.pattern > pattern; });
    draw_folds_of(std::span(order).subspan(begin, end - begin), {first, cell}, rows,
                  Random(seed, "row folds", pattern), folds);
    begin = end;
  }
  return folds;
}

std::vector<std::uint32_t> rows_of_test(std::span<const std::uint32_t> folds,
                                        std::span<const std::uint32_t> pattern,
                                        const RowFacts& facts) {
  std::vector<std::uint32_t> rows = by_pattern(pattern);
  std::erase_if(rows, [&](std::uint32_t row) { return folds[row] != kTestFold; });
  if (!facts.costs.empty()) sort_by_kind(folds, pattern, facts, rows);
  return rows;
}

std::vector<std::uint32_t> rows_of_training(std::span<const std::uint32_t> folds,
                                            std::span<const std::uint32_t> pattern,
                                            const RowFacts& facts) {
  std::vector<std::uint32_t> rows = by_pattern(pattern);
  std::erase_if(rows, [&](std::uint32_t row) { return folds[row] >= kLeftOutFold; });
  if (facts.costs.empty()) return by_number(rows, folds);
  sort_by_kind(folds, pattern, facts, rows);
  return rows;
}

std::vector<std::uint32_t> entries_of_rows(const RowsInOrder& all) {
  const auto same = [&](std::uint32_t a, std::uint32_t b) {
    return all.pattern[a] == all.pattern[b] &&
           (all.costs.empty() || all.costs[a] == all.costs[b]) &&
           (all.folds.empty() || all.folds[a] == all.folds[b]);
  };
  std::vector<std::uint32_t> entries;
  entries.reserve(all.rows.size());
  for (std::size_t i = 0; i < all.rows.size(); ++i) {
    const bool next = i > 0 && !same(all.rows[i], all.rows[i - 1]);
    entries.push_back(i == 0 ? 0 : entries.back() + (next ? 1 : 0));
  }
  return entries;
}

std::vector<PatternCount> count_of_rows(std::span<const std::uint32_t> which,
                                        std::span<const std::uint32_t> pattern,
                                        const RowFacts& facts) {
  std::vector<PatternCount> counts;
  for (const std::uint32_t row : which) {
    const double cost = kind_of(facts, row).cost;
    if (counts.empty() || counts.back().pattern != pattern[row] || counts.back().cost != cost) {
      counts.push_back({pattern[row], 0, 0, 1, cost});
    }
    ++(facts.positive[row] != 0 ? counts.back().n1 : counts.back().n0);
  }
  return counts;
}

}  // namespace rarewood

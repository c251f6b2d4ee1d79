#include "rarewood/pattern/slice.hpp"

#include <algorithm>

#include "rarewood/base/random.hpp"

namespace rarewood {
namespace {

// The mark is the lowest bit; fold numbers use less than 31 bits but for that of the test part.
constexpr std::uint32_t kMarkedTestFold = kTestFold;
constexpr std::uint32_t kPlainTestFold = kTestFold - 1;

std::uint32_t with_mark(std::uint32_t fold, bool marked) {
  if (fold == kTestFold) return marked ? kMarkedTestFold : kPlainTestFold;
  return 2 * fold + (marked ? 1 : 0);
}

bool is_marked(std::uint32_t fold) { return fold % 2 == 1; }

std::uint32_t without_mark(std::uint32_t fold) {
  return fold >= kPlainTestFold ? kTestFold : fold / 2;
}

void add_cell(std::vector<Cell>& cells, const Cell& cell) {
  if (!cells.empty() && cells.back().pattern == cell.pattern && cells.back().fold == cell.fold) {
    cells.back().n0 += cell.n0;
    cells.back().n1 += cell.n1;
  } else {
    cells.push_back(cell);
  }
}

/// Test rows per pattern.
std::vector<PatternCount> test_rows(const std::vector<Cell>& cells, std::size_t patterns) {
  std::vector<PatternCount> counts(patterns);
  for (const Cell& cell : cells) {
    if (cell.fold != kTestFold) continue;
    counts[cell.pattern].n0 += cell.n0;
    counts[cell.pattern].n1 += cell.n1;
  }
  return counts;
}

}  // namespace

std::vector<std::uint32_t> marked_folds(std::span<const std::uint32_t> folds,
                                        std::span<const std::uint8_t> marked) {
  std::vector<std::uint32_t> result(marked.size());
  for (std::size_t row = 0; row < result.size(); ++row) {
    result[row] = with_mark(folds.empty() ? 0 : folds[row], marked[row] != 0);
  }
  return result;
}

SlicedCells take_marks_off(const CellTable& table) {
  SlicedCells sliced{{table.patterns, {}}, {}};
  for (Cell cell : table.cells) {
    const bool marked = is_marked(cell.fold);
    cell.fold = without_mark(cell.fold);
    add_cell(sliced.all.cells, cell);
    if (marked) sliced.in_slice.push_back(cell);
  }
  return sliced;
}

std::vector<PatternCount> slice_of_test(const SlicedCells& before, const CellTable& drawn,
                                        std::uint64_t seed) {
  const std::size_t patterns = drawn.patterns->count;
  const std::vector<PatternCount> counted_test = test_rows(before.all.cells, patterns);
  const std::vector<PatternCount> all_test = test_rows(drawn.cells, patterns);
  std::vector<PatternCount> rows_of_fold_0(patterns);
  for (const Cell& cell : before.all.cells) {
    if (cell.fold == 0) rows_of_fold_0[cell.pattern] = {cell.pattern, cell.n0, cell.n1};
  }
  std::vector<PatternCount> slice(patterns);
  for (const Cell& cell : before.in_slice) {
    PatternCount& to = slice[cell.pattern];
    if (cell.fold == kTestFold) {
      to.n0 += cell.n0;
      to.n1 += cell.n1;
    } else if (cell.fold == 0) {
      const PatternCount& rows = rows_of_fold_0[cell.pattern];
      Random random(seed, "test slice", cell.pattern);
      const auto marked_among = [&](std::uint32_t marked, std::uint32_t all, std::uint32_t taken) {
        return static_cast<std::uint32_t>(draw_hypergeometric(random, marked, all, taken));
      };
      const PatternCount& old = counted_test[cell.pattern];
      to.n0 += marked_among(cell.n0, rows.n0, all_test[cell.pattern].n0 - old.n0);
      to.n1 += marked_among(cell.n1, rows.n1, all_test[cell.pattern].n1 - old.n1);
    }
  }
  for (std::uint32_t p = 0; p < patterns; ++p) slice[p].pattern = p;
  std::erase_if(slice, [](const PatternCount& count) { return count.n0 == 0 && count.n1 == 0; });
  return slice;
}

}  // namespace rarewood

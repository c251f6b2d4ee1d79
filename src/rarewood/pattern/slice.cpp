#include "rarewood/pattern/slice.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

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

/// Cells that differ in nothing but their mark become one.
std::vector<Cell> merged(std::vector<Cell> cells) {
  const auto key = [](const Cell& cell) {
    return std::tie(cell.pattern, cell.fold, cell.weight, cell.cost);
  };
  std::sort(cells.begin(), cells.end(),
            [&](const Cell& a, const Cell& b) { return key(a) < key(b); });
  std::vector<Cell> result;
  for (const Cell& cell : cells) {
    if (!result.empty() && key(result.back()) == key(cell)) {
      result.back().n0 += cell.n0;
      result.back().n1 += cell.n1;
    } else {
      result.push_back(cell);
    }
  }
  return result;
}

/// Rows of a fold by pattern, [patterns].
std::vector<PatternCount> rows_of_fold(std::uint32_t fold, const std::vector<Cell>& cells,
                                       std::size_t patterns) {
  std::vector<PatternCount> counts(patterns);
  for (std::uint32_t p = 0; p < patterns; ++p) counts[p].pattern = p;
  for (const Cell& cell : cells) {
    if (cell.fold != fold) continue;
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
  SlicedCells sliced{{table.patterns, table.cells}, {}};
  for (Cell& cell : sliced.all.cells) {
    const bool marked = is_marked(cell.fold);
    cell.fold = without_mark(cell.fold);
    if (marked) sliced.in_slice.push_back(cell);
  }
  sliced.all.cells = merged(std::move(sliced.all.cells));
  return sliced;
}

std::vector<PatternCount> slice_of_test(const SlicedCells& before, const CellTable& drawn,
                                        std::uint64_t seed) {
  const std::size_t patterns = drawn.patterns->count;
  const auto test_before = rows_of_fold(kTestFold, before.all.cells, patterns);
  const auto test = rows_of_fold(kTestFold, drawn.cells, patterns);
  const auto rows = rows_of_fold(0, before.all.cells, patterns);
  const auto marked = rows_of_fold(0, before.in_slice, patterns);
  std::vector<PatternCount> slice = rows_of_fold(kTestFold, before.in_slice, patterns);
  for (PatternCount& count : slice) {
    const std::uint32_t p = count.pattern;
    Random random(seed, "test slice", p);
    const auto marked_among = [&](std::uint32_t in_slice, std::uint32_t all, std::uint32_t taken) {
      return static_cast<std::uint32_t>(draw_hypergeometric(random, in_slice, all, taken));
    };
    count.n0 += marked_among(marked[p].n0, rows[p].n0, test[p].n0 - test_before[p].n0);
    count.n1 += marked_among(marked[p].n1, rows[p].n1, test[p].n1 - test_before[p].n1);
  }
  std::erase_if(slice, [](const PatternCount& count) { return count.n0 == 0 && count.n1 == 0; });
  return slice;
}

}  // namespace rarewood

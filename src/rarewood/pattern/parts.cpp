#include "rarewood/pattern/parts.hpp"

#include <algorithm>
#include <string>

#include "rarewood/base/error.hpp"

namespace rarewood {
namespace {

/// Judging counts rows: weights are forgotten.
void add_cell(std::vector<PatternCount>& counts, const Cell& cell) {
  if (counts.empty() || counts.back().pattern != cell.pattern || counts.back().cost != cell.cost) {
    counts.push_back({cell.pattern, 0, 0, 1, cell.cost});
  }
  counts.back().n0 += cell.n0;
  counts.back().n1 += cell.n1;
}

/// Cells to learn from: those of one pattern and weight, of whatever fold, become one. Rows without
/// weight take no part.
std::vector<PatternCount> to_learn_from(std::vector<Cell> cells) {
  std::erase_if(cells, [](const Cell& cell) { return cell.weight == 0; });
  const auto before = [](const Cell& a, const Cell& b) {
    return a.pattern != b.pattern ? a.pattern < b.pattern : a.weight < b.weight;
  };
  if (!std::is_sorted(cells.begin(), cells.end(), before)) {
    std::sort(cells.begin(), cells.end(), before);
  }
  std::vector<PatternCount> counts;
  for (const Cell& cell : cells) {
    if (counts.empty() || counts.back().pattern != cell.pattern ||
        counts.back().weight != cell.weight) {
      counts.push_back({cell.pattern, 0, 0, cell.weight});
    }
    counts.back().n0 += cell.n0;
    counts.back().n1 += cell.n1;
  }
  return counts;
}

void require_both_classes(const ClassTotals& totals, const std::string& name) {
  if (totals.n0 > 0 && totals.n1 > 0) return;
  const std::string lacking = totals.n0 == 0 ? "negative" : "positive";
  throw Error(ErrorKind::data, "The " + name + " has no " + lacking +
                                   " rows. Choose another --split, --test-size or --folds, or give "
                                   "it more rows.");
}

void require_both_classes_in_folds(const std::vector<ClassTotals>& totals) {
  for (std::size_t k = 0; k < totals.size(); ++k) {
    require_both_classes(totals[k], "training fold " + std::to_string(k + 1));
  }
}

}  // namespace

FitPart TrainPart::all() const { return {patterns_, to_learn_from(cells_)}; }

FitAndCheck TrainPart::fold(std::uint32_t k) const {
  std::vector<Cell> fit;
  std::vector<PatternCount> check;
  for (const Cell& cell : cells_) {
    if (cell.fold == k) {
      add_cell(check, cell);
    } else {
      fit.push_back(cell);
    }
  }
  return {FitPart(patterns_, to_learn_from(std::move(fit))),
          CheckPart(patterns_, std::move(check))};
}

Split split_by_fold(const CellTable& table, std::uint32_t folds,
                    std::vector<PatternCount> test_slice) {
  std::vector<Cell> train;
  std::vector<PatternCount> test;
  std::vector<ClassTotals> totals(folds);
  for (const Cell& cell : table.cells) {
    if (cell.fold == kTestFold) {
      add_cell(test, cell);
    } else {
      train.push_back(cell);
      totals.at(cell.fold).n0 += cell.n0;
      totals.at(cell.fold).n1 += cell.n1;
    }
  }
  require_both_classes_in_folds(totals);
  require_both_classes(class_totals(test), "test part");
  return {TrainPart(table.patterns, std::move(train), folds),
          TestPart(table.patterns, std::move(test)),
          TestPart(table.patterns, std::move(test_slice))};
}

TrainPart train_on_all(const CellTable& table, std::uint32_t folds) {
  std::vector<ClassTotals> totals(folds);
  for (const Cell& cell : table.cells) {
    if (cell.fold >= folds) throw Error(ErrorKind::bug, "A row belongs to no training fold.");
    totals[cell.fold].n0 += cell.n0;
    totals[cell.fold].n1 += cell.n1;
  }
  require_both_classes_in_folds(totals);
  return {table.patterns, table.cells, folds};
}

}  // namespace rarewood

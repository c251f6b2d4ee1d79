#include "rarewood/pattern/count.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "rarewood/pattern/ranks.hpp"

namespace rarewood {
namespace {

/// What counting holds at once: ranks of the columns in work, keys, and the ranks of rows.
std::uint64_t counting_memory(const Columns& columns) {
  return columns.rows * (columns.values.size() * 4 + 8 + 8 + 16);
}

std::shared_ptr<const Patterns> gather_patterns(const Columns& columns, const FeatureSchema& schema,
                                                const Ranks& ranks) {
  std::vector<std::uint32_t> example(ranks.distinct);
  for (std::uint32_t row = 0; row < ranks.of.size(); ++row) example[ranks.of[row]] = row;
  auto patterns = std::make_shared<Patterns>();
  patterns->count = ranks.distinct;
  patterns->values.resize(columns.values.size() * ranks.distinct);
  for (std::size_t f = 0; f < columns.values.size(); ++f) {
    float* to = patterns->values.data() + f * ranks.distinct;
    for (std::size_t p = 0; p < ranks.distinct; ++p) to[p] = columns.values[f][example[p]];
    patterns->names.push_back(schema.features[f].name);
    const bool category = schema.features[f].kind == FeatureKind::category;
    patterns->category_counts.push_back(
        category ? static_cast<std::uint32_t>(schema.features[f].categories.size()) : 0);
  }
  return patterns;
}

void add_one(std::uint32_t& count) {
  if (count == std::numeric_limits<std::uint32_t>::max()) {
    throw Error(ErrorKind::data,
                "More than 4,294,967,295 rows are equal in every feature; one cell cannot count "
                "them. Train on a sample of the rows.");
  }
  ++count;
}

/// Cells of one pattern each, rows of all folds taken as one.
std::vector<Cell> count_patterns(const Ranks& ranks, std::span<const std::uint8_t> positive) {
  std::vector<Cell> cells(ranks.distinct);
  for (std::uint32_t p = 0; p < ranks.distinct; ++p) cells[p].pattern = p;
  for (std::size_t row = 0; row < ranks.of.size(); ++row) {
    Cell& cell = cells[ranks.of[row]];
    add_one(positive[row] != 0 ? cell.n1 : cell.n0);
  }
  return cells;
}

std::vector<Cell> count_by_fold(const Ranks& ranks, std::span<const std::uint8_t> positive,
                                std::span<const std::uint32_t> folds) {
  std::vector<std::uint64_t> keys(ranks.of.size());
  for (std::size_t row = 0; row < keys.size(); ++row) {
    keys[row] = (std::uint64_t{ranks.of[row]} << 32) | folds[row];
  }
  const Ranks places = rank_keys(keys);
  std::vector<Cell> cells(places.distinct);
  for (std::size_t row = 0; row < keys.size(); ++row) {
    Cell& cell = cells[places.of[row]];
    cell.pattern = ranks.of[row];
    cell.fold = folds[row];
    add_one(positive[row] != 0 ? cell.n1 : cell.n0);
  }
  return cells;
}

/// Rows told apart by a second order, too: first by `places`, then by `order`.
Ranks refined(const Ranks& places, const Ranks& order) {
  std::vector<std::uint64_t> keys(places.of.size());
  for (std::size_t row = 0; row < keys.size(); ++row) {
    keys[row] = (std::uint64_t{places.of[row]} << 32) | order.of[row];
  }
  return rank_keys(keys);
}

Ranks rank_costs(std::span<const double> costs) {
  std::vector<double> distinct(costs.begin(), costs.end());
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  Ranks ranks{{}, static_cast<std::uint32_t>(distinct.size())};
  for (const double cost : costs) {
    const auto place = std::lower_bound(distinct.begin(), distinct.end(), cost);
    ranks.of.push_back(static_cast<std::uint32_t>(place - distinct.begin()));
  }
  return ranks;
}

/// Cells of rows with weights or costs: those of count_by_fold, told apart once more.
std::vector<Cell> count_by_facts(const Ranks& ranks, const RowFacts& rows) {
  std::vector<std::uint64_t> keys(ranks.of.size());
  for (std::size_t row = 0; row < keys.size(); ++row) {
    keys[row] = (std::uint64_t{ranks.of[row]} << 32) | (rows.folds.empty() ? 0 : rows.folds[row]);
  }
  Ranks cell_of = rank_keys(keys);
  if (!rows.weights.empty()) cell_of = refined(cell_of, rank_values(rows.weights));
  if (!rows.costs.empty()) cell_of = refined(cell_of, rank_costs(rows.costs));
  std::vector<Cell> cells(cell_of.distinct);
  for (std::size_t row = 0; row < keys.size(); ++row) {
    Cell& cell = cells[cell_of.of[row]];
    cell.pattern = ranks.of[row];
    cell.fold = rows.folds.empty() ? 0 : rows.folds[row];
    if (!rows.weights.empty()) cell.weight = rows.weights[row];
    if (!rows.costs.empty()) cell.cost = rows.costs[row];
    add_one(rows.positive[row] != 0 ? cell.n1 : cell.n0);
  }
  return cells;
}

void check_rows(const Columns& columns, const Control& control) {
  if (columns.rows >= std::numeric_limits<std::uint32_t>::max()) {
    throw Error(ErrorKind::data,
                "The table has more rows than one pass can index (4,294,967,294). "
                "Train on a sample of the rows.");
  }
  check_memory(control, "count", counting_memory(columns));
}

}  // namespace

CountedRows count_rows(const Columns& columns, const FeatureSchema& schema,
                       std::span<const std::uint8_t> positive, std::span<const std::uint32_t> folds,
                       const Control& control) {
  check_rows(columns, control);
  Ranks ranks = rank_rows(columns, control);
  CellTable table;
  table.patterns = gather_patterns(columns, schema, ranks);
  table.cells =
      folds.empty() ? count_patterns(ranks, positive) : count_by_fold(ranks, positive, folds);
  return {std::move(table), std::move(ranks.of)};
}

CellTable count_cells(const Columns& columns, const FeatureSchema& schema,
                      std::span<const std::uint8_t> positive, std::span<const std::uint32_t> folds,
                      const Control& control) {
  return count_rows(columns, schema, positive, folds, control).table;
}

CellTable count_cells(const Columns& columns, const FeatureSchema& schema, const RowFacts& rows,
                      const Control& control) {
  return count_rows(columns, schema, rows, control).table;
}

CountedRows count_rows(const Columns& columns, const FeatureSchema& schema, const RowFacts& rows,
                       const Control& control) {
  if (rows.weights.empty() && rows.costs.empty()) {
    return count_rows(columns, schema, rows.positive, rows.folds, control);
  }
  check_rows(columns, control);
  Ranks ranks = rank_rows(columns, control);
  CellTable table{gather_patterns(columns, schema, ranks), count_by_facts(ranks, rows)};
  return {std::move(table), std::move(ranks.of)};
}

}  // namespace rarewood

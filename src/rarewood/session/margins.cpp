#include "rarewood/session/margins.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <queue>

#include "rarewood/base/error.hpp"

namespace rarewood {
namespace {

constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();

void scale_row(Grid& grid, std::size_t r, double wanted) {
  const double sum = grid.row_sum(r);
  for (std::size_t c = 0; c < grid.columns && sum > 0; ++c) grid.at(r, c) *= wanted / sum;
}

void scale_column(Grid& grid, std::size_t c, double wanted) {
  const double sum = grid.column_sum(c);
  for (std::size_t r = 0; r < grid.rows && sum > 0; ++r) grid.at(r, c) *= wanted / sum;
}

/// The units that still have to be placed, and the cells that can take or give one.
struct Leftover {
  Grid& grid;
  const Grid& wish;  ///< the fit before rounding
  std::vector<double> row_need, column_need;
  std::span<const double> limit;

  bool can_take(std::size_t r, std::size_t c) const {
    return limit.empty() || grid.at(r, c) + 1 <= limit[r * grid.columns + c];
  }
};

/// Column in need with the largest unmet wish of this row; nowhere if none can take a unit.
std::size_t best_column(const Leftover& left, std::size_t r) {
  std::size_t best = nowhere;
  double most = -std::numeric_limits<double>::infinity();
  for (std::size_t c = 0; c < left.grid.columns; ++c) {
    if (left.column_need[c] < 1 || !left.can_take(r, c)) continue;
    const double unmet = left.wish.at(r, c) - left.grid.at(r, c);
    const bool sound = left.wish.at(r, c) > 0;  // a structural zero is the last resort
    const double score = sound ? unmet : unmet - 1e6;
    if (score > most) {
      most = score;
      best = c;
    }
  }
  return best;
}

/// Give `start` one unit more in some column, whose other rows pass units on until a column in need
/// takes one. \return false if there is no such chain.
bool move_along_path(Leftover& left, std::size_t start) {
  std::vector<std::size_t> row_from(left.grid.rows, nowhere);        // column that freed this row
  std::vector<std::size_t> column_from(left.grid.columns, nowhere);  // row that fills this column
  std::queue<std::size_t> rows;
  rows.push(start);
  std::size_t end = nowhere;
  while (!rows.empty() && end == nowhere) {
    const std::size_t r = rows.front();
    rows.pop();
    for (std::size_t c = 0; c < left.grid.columns && end == nowhere; ++c) {
      if (column_from[c] != nowhere || !left.can_take(r, c)) continue;
      column_from[c] = r;
      if (left.column_need[c] >= 1) end = c;
      for (std::size_t next = 0; next < left.grid.rows; ++next) {
        if (next == start || row_from[next] != nowhere || left.grid.at(next, c) < 1) continue;
        row_from[next] = c;
        rows.push(next);
      }
    }
  }
  if (end == nowhere) return false;
  left.column_need[end] -= 1;
  left.row_need[start] -= 1;
  for (std::size_t c = end;;) {
    const std::size_t r = column_from[c];
    left.grid.at(r, c) += 1;
    if (r == start) return true;
    c = row_from[r];
    left.grid.at(r, c) -= 1;
  }
}

/// The fit meets columns only nearly: take back what a column has too much.
void take_back(Leftover& left) {
  for (std::size_t c = 0; c < left.grid.columns; ++c) {
    while (left.column_need[c] < 0) {
      std::size_t fullest = 0;
      for (std::size_t r = 1; r < left.grid.rows; ++r) {
        if (left.grid.at(r, c) > left.grid.at(fullest, c)) fullest = r;
      }
      left.grid.at(fullest, c) -= 1;
      left.row_need[fullest] += 1;
      left.column_need[c] += 1;
    }
  }
}

void place_leftover(Leftover& left) {
  for (std::size_t r = 0; r < left.grid.rows; ++r) {
    while (left.row_need[r] >= 1) {
      const std::size_t c = best_column(left, r);
      if (c != nowhere) {
        left.grid.at(r, c) += 1;
        left.row_need[r] -= 1;
        left.column_need[c] -= 1;
      } else if (!move_along_path(left, r)) {
        throw Error(ErrorKind::bug,
                    "Margins of a table of the simulated shop contradict each other.");
      }
    }
  }
}

}  // namespace

double Grid::row_sum(std::size_t r) const {
  const auto first = cells.begin() + static_cast<std::ptrdiff_t>(r * columns);
  return std::accumulate(first, first + static_cast<std::ptrdiff_t>(columns), 0.0);
}

double Grid::column_sum(std::size_t c) const {
  double sum = 0;
  for (std::size_t r = 0; r < rows; ++r) sum += at(r, c);
  return sum;
}

std::vector<double> Grid::row_sums() const {
  std::vector<double> sums;
  for (std::size_t r = 0; r < rows; ++r) sums.push_back(row_sum(r));
  return sums;
}

std::vector<double> Grid::column_sums() const {
  std::vector<double> sums;
  for (std::size_t c = 0; c < columns; ++c) sums.push_back(column_sum(c));
  return sums;
}

std::vector<std::uint64_t> largest_remainder(std::uint64_t total, std::span<const double> weights) {
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  std::vector<std::uint64_t> shares;
  std::vector<double> remainder;
  std::uint64_t given = 0;
  for (const double weight : weights) {
    const double exact = sum > 0 ? static_cast<double>(total) * (weight / sum) : 0;
    shares.push_back(static_cast<std::uint64_t>(std::floor(exact)));
    remainder.push_back(exact - std::floor(exact));
    given += shares.back();
  }
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return remainder[a] != remainder[b] ? remainder[a] > remainder[b] : a < b;
  });
  for (std::size_t i = 0; given < total; ++i, ++given) ++shares[order[i % order.size()]];
  return shares;
}

Grid fit_to_margins(Grid seed, std::span<const double> rows, std::span<const double> columns,
                    std::span<const double> limit) {
  constexpr int rounds = 100;
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t c = 0; c < seed.columns; ++c) scale_column(seed, c, columns[c]);
    for (std::size_t r = 0; r < seed.rows; ++r) scale_row(seed, r, rows[r]);
    for (std::size_t i = 0; i < limit.size(); ++i)
      seed.cells[i] = std::min(seed.cells[i], limit[i]);
  }
  Grid grid = seed;
  for (double& cell : grid.cells) {
    const double nearest = std::round(cell);  // a whole number but for rounding errors stays itself
    cell = std::abs(cell - nearest) < 1e-6 ? nearest : std::floor(cell);
  }
  Leftover left{grid, seed, {}, {}, limit};
  for (std::size_t r = 0; r < grid.rows; ++r) left.row_need.push_back(rows[r] - grid.row_sum(r));
  for (std::size_t c = 0; c < grid.columns; ++c) {
    left.column_need.push_back(columns[c] - grid.column_sum(c));
  }
  take_back(left);
  place_leftover(left);
  return grid;
}

}  // namespace rarewood

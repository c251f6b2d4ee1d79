#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace rarewood {

/// Share `total` out by weight in whole numbers: floors first, then one each to the largest
/// remainders, ties to the earlier place. \return as many numbers as weights, summing to total.
std::vector<std::uint64_t> largest_remainder(std::uint64_t total, std::span<const double> weights);

/// R x C numbers by rows.
struct Grid {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<double> cells;

  Grid() = default;
  Grid(std::size_t r, std::size_t c, double value = 0) : rows(r), columns(c), cells(r * c, value) {}
  double& at(std::size_t r, std::size_t c) { return cells[r * columns + c]; }
  double at(std::size_t r, std::size_t c) const { return cells[r * columns + c]; }
  double row_sum(std::size_t r) const;
  double column_sum(std::size_t c) const;
  std::vector<double> row_sums() const;
  std::vector<double> column_sums() const;
};

/// Whole numbers with exactly these sums of rows and columns, as near to the shape of `seed` as its
/// proportional fit; 0 stays 0 unless the sums demand otherwise.
///
/// \param rows, columns  whole numbers with equal totals
/// \param limit          upper bound of each cell; none for an empty span
/// \throws Error(bug) if no such numbers exist.
/// \source iterative proportional fitting (Deming and Stephan 1940), then augmenting paths (Ford
/// and
///         Fulkerson 1956) for the units that rounding down left over.
Grid fit_to_margins(Grid seed, std::span<const double> rows, std::span<const double> columns,
                    std::span<const double> limit = {});

}  // namespace rarewood

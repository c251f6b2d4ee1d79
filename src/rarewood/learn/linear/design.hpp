#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <Eigen/Core>

#include "rarewood/base/control.hpp"
#include "rarewood/pattern/parts.hpp"

namespace rarewood {

/// A dense column of a design, as (value - mean) / scale; a constant one has scale 1.
struct DenseColumn {
  std::size_t feature = 0;
  bool of_missing = false;  ///< 1 where the feature is missing, else 0
  double mean = 0;          ///< over rows
  double scale = 1;         ///< standard deviation over rows
  double fill = 0;          ///< what stands for a missing value: the mean of the others
};

/// The one-hot columns of a category: one a level and, where any is missing, one for that.
struct CategoryColumns {
  std::size_t feature = 0;
  std::uint32_t first = 0;  ///< place among the one-hot columns
  std::uint32_t levels = 0;
  bool has_missing = false;

  std::uint32_t columns() const { return levels + (has_missing ? 1 : 0); }
};

/// A part's patterns as a regression sees them.
///
/// Coefficients belong to columns in this order: the intercept, dense ones, one-hot ones.
struct Design {
  std::size_t rows = 0;  ///< patterns, once for each weight of rows
  std::vector<DenseColumn> dense;
  std::vector<CategoryColumns> categories;
  std::size_t one_hot = 0;                    ///< columns of all categories
  Eigen::MatrixXd values;                     ///< [1 + dense][rows]; the first row is all ones
  std::vector<std::uint32_t> hot;             ///< [rows][categories]: each row's one-hot columns
  std::array<std::vector<double>, 2> weight;  ///< by class, [rows]: count x weights

  std::size_t dense_columns() const { return 1 + dense.size(); }
  std::size_t columns() const { return dense_columns() + one_hot; }
  double total_weight() const;
};

/// \param class_weight  of a row of each class
/// \throws Error(data) if it needs more memory than allowed
Design make_design(const FitPart& part, const std::array<double, 2>& class_weight,
                   const Control& control);

}  // namespace rarewood

#include "rarewood/learn/linear/design.hpp"

#include <cmath>
#include <numeric>

#include "rarewood/learn/linear/newton.hpp"

namespace rarewood {
namespace {

bool any_missing(const FitPart& part, std::span<const float> values) {
  for (const PatternCount& count : part.counts()) {
    if (std::isnan(values[count.pattern])) return true;
  }
  return false;
}

/// Mean of the values there are, by rows; 0 where there are none.
double mean_value(const FitPart& part, std::span<const float> values) {
  double sum = 0;
  double rows = 0;
  for (const PatternCount& count : part.counts()) {
    const double value = static_cast<double>(values[count.pattern]);
    if (std::isnan(value)) continue;
    const auto rows_here = static_cast<double>(count.rows());
    sum += rows_here * value;
    rows += rows_here;
  }
  return rows > 0 ? sum / rows : 0;
}

double raw_value(const DenseColumn& column, float value) {
  if (column.of_missing) return std::isnan(value) ? 1 : 0;
  return std::isnan(value) ? column.fill : static_cast<double>(value);
}

/// Fill in mean and scale from the column's raw values.
void standardise(const FitPart& part, DenseColumn& column) {
  const auto values = part.patterns().column(column.feature);
  const double rows = static_cast<double>(part.totals().rows());
  double sum = 0;
  for (const PatternCount& count : part.counts()) {
    sum += static_cast<double>(count.rows()) * raw_value(column, values[count.pattern]);
  }
  column.mean = sum / rows;
  double squares = 0;
  for (const PatternCount& count : part.counts()) {
    const double apart = raw_value(column, values[count.pattern]) - column.mean;
    squares += static_cast<double>(count.rows()) * apart * apart;
  }
  const double deviation = std::sqrt(squares / rows);
  const double rounding = 1e-12 * std::abs(column.mean);  // of a constant column's mean
  column.scale = deviation > rounding ? deviation : 1;
}

void list_columns(const FitPart& part, Design& design) {
  const Patterns& patterns = part.patterns();
  for (std::size_t f = 0; f < patterns.features(); ++f) {
    const bool missing = any_missing(part, patterns.column(f));
    if (patterns.category_counts[f] > 0) {
      const auto first = static_cast<std::uint32_t>(design.one_hot);
      design.categories.push_back({f, first, patterns.category_counts[f], missing});
      design.one_hot += design.categories.back().columns();
      continue;
    }
    design.dense.push_back({f, false, 0, 1, mean_value(part, patterns.column(f))});
    if (missing) design.dense.push_back({f, true, 0, 1, 0});
  }
  for (DenseColumn& column : design.dense) standardise(part, column);
}

void fill_values(const FitPart& part, Design& design) {
  design.values.resize(static_cast<Eigen::Index>(design.dense_columns()),
                       static_cast<Eigen::Index>(design.rows));
  design.values.row(0).setOnes();
  for (std::size_t c = 0; c < design.dense.size(); ++c) {
    const DenseColumn& column = design.dense[c];
    const auto values = part.patterns().column(column.feature);
    for (std::size_t r = 0; r < design.rows; ++r) {
      const double value = raw_value(column, values[part.counts()[r].pattern]);
      design.values(static_cast<Eigen::Index>(c + 1), static_cast<Eigen::Index>(r)) =
          (value - column.mean) / column.scale;
    }
  }
}

void fill_one_hot(const FitPart& part, Design& design) {
  design.hot.reserve(design.rows * design.categories.size());
  for (const PatternCount& count : part.counts()) {
    for (const CategoryColumns& category : design.categories) {
      const float code = part.patterns().value(count.pattern, category.feature);
      design.hot.push_back(category.first +
                           (std::isnan(code) ? category.levels : static_cast<std::uint32_t>(code)));
    }
  }
}

}  // namespace

double Design::total_weight() const {
  double total = 0;
  for (const auto& of_class : weight) {
    total += std::accumulate(of_class.begin(), of_class.end(), 0.0);
  }
  return total;
}

Design make_design(const FitPart& part, const std::array<double, 2>& class_weight,
                   const Control& control) {
  Design design;
  design.rows = part.counts().size();
  list_columns(part, design);
  const std::uint64_t a_row =
      design.dense_columns() * sizeof(double) + design.categories.size() * 4 + 2 * sizeof(double);
  check_memory(control, "logistic regression", design.rows * a_row + newton_bytes(design));
  fill_values(part, design);
  fill_one_hot(part, design);
  for (const PatternCount& count : part.counts()) {
    const auto weight = static_cast<double>(count.weight);
    design.weight[0].push_back(class_weight[0] * weight * static_cast<double>(count.n0));
    design.weight[1].push_back(class_weight[1] * weight * static_cast<double>(count.n1));
  }
  return design;
}

}  // namespace rarewood

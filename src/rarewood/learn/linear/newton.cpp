#include "rarewood/learn/linear/newton.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <Eigen/Cholesky>

#include "rarewood/base/parallel.hpp"

namespace rarewood {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr std::size_t kBlockRows = 256;  ///< rows whose products are formed at once
constexpr std::size_t kMostSlices = 16;
constexpr std::size_t kSliceBytes = 64 << 20;  ///< all slices' matrices together

/// Rows are summed in slices, side by side, and the slices in order. How many is a matter of the
/// design, never of threads.
std::size_t slices_of(const Design& design) {
  const std::size_t matrix = design.columns() * design.columns() * sizeof(double);
  const std::size_t by_memory = std::max<std::size_t>(kSliceBytes / matrix, 1);
  return std::clamp<std::size_t>(design.rows / (4 * kBlockRows), 1,
                                 std::min(kMostSlices, by_memory));
}

struct Slice {
  std::size_t begin;
  std::size_t end;
};

Slice slice(const Design& design, std::size_t i, std::size_t slices) {
  return {design.rows * i / slices, design.rows * (i + 1) / slices};
}

/// log(1 + exp(x)) without overflow.
double softplus(double x) { return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x))); }

double sigmoid(double z) {
  const double tail = std::exp(-std::abs(z));
  return (z >= 0 ? 1 : tail) / (1 + tail);
}

/// Log-odds of rows begin .. begin + count - 1.
VectorXd log_odds(const Design& design, const VectorXd& coefficients, std::size_t begin,
                  std::size_t count) {
  const auto dense = static_cast<Index>(design.dense_columns());
  VectorXd z =
      design.values.middleCols(static_cast<Index>(begin), static_cast<Index>(count)).transpose() *
      coefficients.head(dense);
  const std::size_t width = design.categories.size();
  for (std::size_t i = 0; i < count * width; ++i) {
    const std::uint32_t column = design.hot[begin * width + i];
    z[static_cast<Index>(i / width)] += coefficients[dense + static_cast<Index>(column)];
  }
  return z;
}

/// What one slice adds up. The Hessian's lower half: dense x dense, one-hot x dense, one-hot x
/// one-hot.
struct Sums {
  VectorXd gradient;
  MatrixXd hessian;

  explicit Sums(const Design& design)
      : gradient(VectorXd::Zero(static_cast<Index>(design.columns()))),
        hessian(MatrixXd::Zero(gradient.size(), gradient.size())) {}
};

/// A block of rows at the present coefficients.
struct Block {
  std::size_t begin;
  std::size_t count;
  VectorXd slope;      ///< derivative of each row's loss by its log-odds
  VectorXd curvature;  ///< second derivative
};

Block differentiate(const Design& design, const VectorXd& coefficients, std::size_t begin,
                    std::size_t count) {
  const VectorXd z = log_odds(design, coefficients, begin, count);
  Block block{begin, count, VectorXd(z.size()), VectorXd(z.size())};
  for (Index i = 0; i < z.size(); ++i) {
    const std::size_t row = begin + static_cast<std::size_t>(i);
    const double all = design.weight[0][row] + design.weight[1][row];
    const double p = sigmoid(z[i]);
    block.slope[i] = all * p - design.weight[1][row];
    block.curvature[i] = all * p * (1 - p);
  }
  return block;
}

void add_dense(const Design& design, const Block& block, Sums& sums) {
  const auto dense = static_cast<Index>(design.dense_columns());
  const auto values =
      design.values.middleCols(static_cast<Index>(block.begin), static_cast<Index>(block.count));
  sums.gradient.head(dense) += values * block.slope;
  const MatrixXd weighted = values * block.curvature.cwiseSqrt().asDiagonal();
  sums.hessian.topLeftCorner(dense, dense).selfadjointView<Eigen::Lower>().rankUpdate(weighted);
}

void add_one_hot(const Design& design, const Block& block, Sums& sums) {
  const auto dense = static_cast<Index>(design.dense_columns());
  const std::size_t width = design.categories.size();
  for (std::size_t i = 0; i < block.count; ++i) {
    const std::uint32_t* hot = design.hot.data() + (block.begin + i) * width;
    const auto values = design.values.col(static_cast<Index>(block.begin + i));
    const auto at = static_cast<Index>(i);
    for (std::size_t a = 0; a < width; ++a) {
      const Index row = dense + static_cast<Index>(hot[a]);
      sums.gradient[row] += block.slope[at];
      sums.hessian.row(row).head(dense) += block.curvature[at] * values.transpose();
      for (std::size_t b = 0; b <= a; ++b) {
        sums.hessian(row, dense + static_cast<Index>(hot[b])) += block.curvature[at];
      }
    }
  }
}

Sums differentiate(const LogisticProblem& problem, const VectorXd& coefficients,
                   const Control& control) {
  const Design& design = problem.design;
  const std::size_t slices = slices_of(design);
  std::vector<Sums> parts(slices, Sums(design));
  parallel_for(control, slices, [&](std::size_t i) {
    const Slice rows = slice(design, i, slices);
    for (std::size_t begin = rows.begin; begin < rows.end; begin += kBlockRows) {
      check_stop(control);
      const std::size_t count = std::min(kBlockRows, rows.end - begin);
      const Block block = differentiate(design, coefficients, begin, count);
      add_dense(design, block, parts[i]);
      add_one_hot(design, block, parts[i]);
    }
  });
  Sums all = std::move(parts[0]);
  for (std::size_t i = 1; i < slices; ++i) {
    all.gradient += parts[i].gradient;
    all.hessian += parts[i].hessian;
  }
  const double total = design.total_weight();
  all.gradient = all.gradient / total + problem.penalty.cwiseProduct(coefficients);
  all.hessian /= total;
  all.hessian.diagonal() += problem.penalty;
  return all;
}

double loss(const LogisticProblem& problem, const VectorXd& coefficients, const Control& control) {
  const Design& design = problem.design;
  const std::size_t slices = slices_of(design);
  std::vector<double> parts(slices);
  parallel_for(control, slices, [&](std::size_t i) {
    const Slice rows = slice(design, i, slices);
    const VectorXd z = log_odds(design, coefficients, rows.begin, rows.end - rows.begin);
    for (std::size_t row = rows.begin; row < rows.end; ++row) {
      const double at = z[static_cast<Index>(row - rows.begin)];
      parts[i] += design.weight[0][row] * softplus(at) + design.weight[1][row] * softplus(-at);
    }
  });
  double sum = 0;
  for (const double part : parts) sum += part;
  return sum / design.total_weight() +
         0.5 * problem.penalty.dot(coefficients.cwiseProduct(coefficients));
}

/// The step to the minimum of the quadratic that fits here. Where columns depend on each other (all
/// levels of a category beside the intercept, unpenalised) many steps lead there: the damping picks
/// a short one, and is too small to move any direction that matters.
VectorXd newton_step(const Sums& sums) {
  const VectorXd diagonal = sums.hessian.diagonal();
  const double mean = std::max(diagonal.mean(), std::numeric_limits<double>::min());
  for (double damping = 1e-12; damping < 1e6; damping *= 100) {
    MatrixXd damped = sums.hessian;
    damped.diagonal().array() += damping * (diagonal.array() + mean);
    const Eigen::LLT<Eigen::Ref<MatrixXd>, Eigen::Lower> factor(damped);  // in place
    if (factor.info() != Eigen::Success) continue;
    const VectorXd step = factor.solve(-sums.gradient);
    if (step.allFinite() && step.dot(sums.gradient) <= 0) return step;
  }
  return -sums.gradient;
}

/// How much of the step to take: halved until the loss falls as it should. 0 where no part of it
/// lowers the loss, which rounding alone can cause.
double usable_share(const LogisticProblem& problem, const VectorXd& from, const VectorXd& step,
                    double promised, const Control& control) {
  const double before = loss(problem, from, control);
  for (double share = 1; share > 1e-9; share /= 2) {
    const double after = loss(problem, from + share * step, control);
    if (after <= before - 1e-4 * share * promised) return share;
  }
  return 0;
}

bool separates(const Design& design, const VectorXd& coefficients) {
  double highest_negative = -std::numeric_limits<double>::infinity();
  double lowest_positive = std::numeric_limits<double>::infinity();
  const VectorXd z = log_odds(design, coefficients, 0, design.rows);
  for (std::size_t row = 0; row < design.rows; ++row) {
    const double at = z[static_cast<Index>(row)];
    if (design.weight[0][row] > 0) highest_negative = std::max(highest_negative, at);
    if (design.weight[1][row] > 0) lowest_positive = std::min(lowest_positive, at);
  }
  return lowest_positive > highest_negative;
}

/// Log-odds of the weighted base rate: where a model without columns would settle.
VectorXd start(const Design& design) {
  const auto sum = [](const std::vector<double>& weights) {
    return std::accumulate(weights.begin(), weights.end(), 0.0);
  };
  VectorXd coefficients = VectorXd::Zero(static_cast<Index>(design.columns()));
  coefficients[0] = std::log(sum(design.weight[1]) / sum(design.weight[0]));
  return coefficients;
}

/// Eigen cuts products into pieces by the processor's caches, and so decides the order of sums.
void fix_order_of_sums() {
  static const bool fixed = [] {
    Eigen::setCpuCacheSizes(32 << 10, 512 << 10, 4 << 20);
    return true;
  }();
  static_cast<void>(fixed);
}

}  // namespace

NewtonResult minimise(const LogisticProblem& problem, const NewtonRule& rule,
                      const Control& control) {
  fix_order_of_sums();
  NewtonResult result{start(problem.design), false, false};
  for (int step = 0; step < rule.max_iter && !result.settled; ++step) {
    const Sums sums = differentiate(problem, result.coefficients, control);
    const VectorXd direction = newton_step(sums);
    const double promised = -direction.dot(sums.gradient);
    const bool within_rounding = promised < 1e-14;
    const double share =
        within_rounding ? 1
                        : usable_share(problem, result.coefficients, direction, promised, control);
    result.coefficients += share * direction;
    result.settled =
        within_rounding || share == 0 || share * direction.cwiseAbs().maxCoeff() <= rule.tol;
    report_progress(control, "fit", static_cast<double>(step + 1) / rule.max_iter);
  }
  result.separates = separates(problem.design, result.coefficients);
  return result;
}

std::uint64_t newton_bytes(const Design& design) {
  const std::uint64_t matrix = design.columns() * design.columns() * sizeof(double);
  return matrix * (slices_of(design) + 2);
}

}  // namespace rarewood

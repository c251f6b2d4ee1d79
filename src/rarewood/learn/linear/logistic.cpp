#include "rarewood/learn/linear/logistic.hpp"

#include <cmath>

#include "rarewood/learn/linear/newton.hpp"

namespace rarewood {
namespace {

using Eigen::Index;

/// scikit-learn's "balanced": weight of all rows / (classes * weight of the class's rows).
/// \throws Error(data) if a class weighs nothing
std::array<double, 2> class_weights(RowWeight kind, const ClassWeightSums& sums) {
  if (!(sums.w0 > 0 && sums.w1 > 0)) {
    throw Error(ErrorKind::data,
                "All rows to learn from that weigh anything are of one class; a logistic "
                "regression needs both.");
  }
  if (kind == RowWeight::alike) return {1, 1};
  const double all = sums.w0 + sums.w1;
  return {all / (2 * sums.w0), all / (2 * sums.w1)};
}

/// Penalties of the standardised columns' coefficients that amount to an equal one of the weights
/// of the columns as they are.
Eigen::VectorXd penalties(const Design& design, const LogisticOptions& options) {
  Eigen::VectorXd penalty = Eigen::VectorXd::Zero(static_cast<Index>(design.columns()));
  if (options.penalty == Penalty::none) return penalty;
  penalty.setConstant(1 / (options.C * design.total_weight()));
  penalty[0] = 0;
  for (std::size_t c = 0; c < design.dense.size(); ++c) {
    const double scale = design.dense[c].scale;
    penalty[static_cast<Index>(c + 1)] /= scale * scale;
  }
  return penalty;
}

/// From coefficients of standardised columns to terms of the features as they are.
LinearModel to_model(const Design& design, const Eigen::VectorXd& coefficients,
                     std::size_t features) {
  LinearModel model{coefficients[0], std::vector<LinearTerm>(features)};
  for (std::size_t c = 0; c < design.dense.size(); ++c) {
    const DenseColumn& column = design.dense[c];
    const double weight = coefficients[static_cast<Index>(c + 1)] / column.scale;
    LinearTerm& term = model.terms[column.feature];
    model.intercept -= weight * column.mean;
    term.missing += column.of_missing ? weight : weight * column.fill;
    if (!column.of_missing) term.weight = weight;
  }
  const auto first = static_cast<Index>(design.dense_columns());
  for (const CategoryColumns& category : design.categories) {
    LinearTerm& term = model.terms[category.feature];
    const double* weights = coefficients.data() + first + category.first;
    term.by_category.assign(weights, weights + category.levels);
    if (category.has_missing) term.missing = weights[category.levels];
  }
  return model;
}

double added(const LinearTerm& term, float value) {
  if (std::isnan(value)) return term.missing;
  if (term.by_category.empty()) return term.weight * static_cast<double>(value);
  return term.by_category[static_cast<std::size_t>(value)];
}

/// Standard deviation, over rows, of what a term adds.
double deviation(const FitPart& part, std::size_t feature, const LinearTerm& term) {
  const auto values = part.patterns().column(feature);
  const double rows = static_cast<double>(part.totals().rows());
  double mean = 0;
  for (const PatternCount& count : part.counts()) {
    mean += static_cast<double>(count.rows()) / rows * added(term, values[count.pattern]);
  }
  double variance = 0;
  for (const PatternCount& count : part.counts()) {
    const double apart = added(term, values[count.pattern]) - mean;
    variance += static_cast<double>(count.rows()) / rows * apart * apart;
  }
  return std::sqrt(variance);
}

void warn_of(const NewtonResult& result, const LogisticOptions& options,
             const FitRequest& request) {
  if (!request.warn) return;
  if (result.separates) {
    request.warn(
        "The logistic regression tells the training rows of the two classes apart without an "
        "error: a column may give the answer away, or there are too few rows.");
  }
  if (!result.settled) {
    request.warn("The logistic regression had not settled after " +
                 thousands(static_cast<std::uint64_t>(options.max_iter)) +
                 " steps; its weights may still grow. Raise --max-iter, use --penalty l2 or lower "
                 "--C.");
  }
}

class Logistic : public Learner {
 public:
  explicit Logistic(LogisticOptions options) : options_(options) {}
  Predictor fit(const FitPart& part, const FitRequest& request,
                const Control& control) const override {
    return fit_logistic(part, options_, request, control);
  }

 private:
  LogisticOptions options_;
};

}  // namespace

const OptionTable<LogisticOptions>& logistic_options() {
  static const OptionTable<LogisticOptions> table = [] {
    OptionTable<LogisticOptions> t("logistic");
    t.add(&LogisticOptions::C, "C", "inverse of the penalty's strength: smaller holds weights down",
          Range{0, 1e12, true});
    t.choice(&LogisticOptions::penalty, "penalty",
             "l2 adds half the sum of squared weights, of the columns as they are",
             {{"l2", Penalty::l2}, {"none", Penalty::none}});
    t.choice(&LogisticOptions::class_weight, "class_weight",
             "balanced makes both classes weigh the same",
             {{"none", RowWeight::alike}, {"balanced", RowWeight::balanced}});
    t.add(&LogisticOptions::max_iter, "max_iter", "most steps of Newton's method",
          Range{1, 100000});
    t.add(&LogisticOptions::tol, "tol",
          "done when no weight moves by more, in log-odds per standard deviation or category",
          Range{0, 1, true});
    return t;
  }();
  return table;
}

LinearModel fit_logistic(const FitPart& part, const LogisticOptions& options,
                         const FitRequest& request, const Control& control) {
  const Design design =
      make_design(part, class_weights(options.class_weight, part.weight_sums()), control);
  const LogisticProblem problem{design, penalties(design, options)};
  const NewtonResult result = minimise(problem, {options.max_iter, options.tol}, control);
  warn_of(result, options, request);
  LinearModel model = to_model(design, result.coefficients, part.patterns().features());
  for (std::size_t f = 0; f < model.terms.size(); ++f) {
    model.terms[f].deviation = deviation(part, f, model.terms[f]);
  }
  return model;
}

std::unique_ptr<Learner> make_logistic(const RawOptions& raw) {
  return std::make_unique<Logistic>(logistic_options().make(raw));
}

}  // namespace rarewood

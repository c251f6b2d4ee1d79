#include "rarewood/learn/lightgbm/training.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "rarewood/learn/lightgbm/lightgbm_api.hpp"
#include "rarewood/learn/positive_weight.hpp"
#include "rarewood/learn/weighted_rows.hpp"

namespace rarewood {
namespace {

/// Rows inside LightGBM, binned.
class Table {
 public:
  /// \param bins_of  the table whose bins are used; null = its own
  Table(const WeightedRows& rows, const std::string& params, const Table* bins_of) {
    const LightgbmApi& api = lightgbm_api();
    check_lightgbm(api.table_from_matrix(
        rows.values.data(), C_API_DTYPE_FLOAT32, static_cast<std::int32_t>(rows.rows()),
        static_cast<std::int32_t>(rows.features), 1, params.c_str(),
        bins_of == nullptr ? nullptr : bins_of->handle_, &handle_));
    set("label", rows.labels);
    set("weight", rows.weights);
  }
  ~Table() { lightgbm_api().free_table(handle_); }
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;

  DatasetHandle handle() const { return handle_; }

 private:
  void set(const char* field, const std::vector<float>& values) {
    check_lightgbm(lightgbm_api().set_field(handle_, field, values.data(),
                                            static_cast<int>(values.size()), C_API_DTYPE_FLOAT32));
  }

  DatasetHandle handle_ = nullptr;
};

class Booster {
 public:
  Booster(const Table& table, const std::string& params) {
    check_lightgbm(lightgbm_api().create(table.handle(), params.c_str(), &handle_));
  }
  ~Booster() { lightgbm_api().free(handle_); }
  Booster(const Booster&) = delete;
  Booster& operator=(const Booster&) = delete;

  void watch(const Table& table) { check_lightgbm(lightgbm_api().watch(handle_, table.handle())); }

  /// \return false if no split was left to make: further rounds would change nothing
  bool update() {
    int finished = 0;
    check_lightgbm(lightgbm_api().update(handle_, &finished));
    return finished == 0;
  }

  /// The metric on the rows watched.
  double evaluate() {
    int count = 0;
    double value = 0;
    check_lightgbm(lightgbm_api().evaluate(handle_, 1, &count, &value));
    return value;
  }

  std::string save() {
    std::int64_t length = 0;
    check_lightgbm(
        lightgbm_api().save(handle_, 0, -1, C_API_FEATURE_IMPORTANCE_SPLIT, 0, &length, nullptr));
    std::string text(static_cast<std::size_t>(length), '\0');
    check_lightgbm(lightgbm_api().save(handle_, 0, -1, C_API_FEATURE_IMPORTANCE_SPLIT, length,
                                       &length, text.data()));
    text.resize(text.find('\0'));  // the length includes an end LightGBM itself cannot read
    return text;
  }

 private:
  BoosterHandle handle_ = nullptr;
};

const char* metric_name(EvalMetric metric) {
  if (metric == EvalMetric::auc) return "auc";
  return metric == EvalMetric::aucpr ? "average_precision" : "binary_logloss";
}

std::string category_columns(const std::vector<std::uint32_t>& category_counts) {
  std::string columns;
  for (std::size_t f = 0; f < category_counts.size(); ++f) {
    if (category_counts[f] > 0) columns += (columns.empty() ? "" : ",") + std::to_string(f);
  }
  return columns;
}

/// The hessian of so many rows before the first tree, where each is at the base rate.
double hessian_of(double rows, const WeightedRows& given, const ClassTotals& totals) {
  double negative = 0;
  double positive = 0;
  for (std::size_t i = 0; i < given.rows(); ++i) {
    const auto weight = static_cast<double>(given.weights[i]);
    positive += weight * static_cast<double>(given.labels[i]);
    negative += weight * (1 - static_cast<double>(given.labels[i]));
  }
  return rows * negative * positive / (negative + positive) / static_cast<double>(totals.rows());
}

/// So many rows, in the rows LightGBM is given and counts.
double as_given(double rows, const WeightedRows& given, const ClassTotals& totals) {
  return rows * static_cast<double>(given.rows()) / static_cast<double>(totals.rows());
}

/// What makes LightGBM treat a row of weight n as n rows, as far as its settings reach: rules that
/// count rows are off, or in proportion.
std::string counting_params(const WeightedRows& rows, const ClassTotals& totals) {
  constexpr double kGroupRows = 100;  // LightGBM's own defaults
  constexpr double kCategoryRows = 10;
  const double group = std::max(1.0, std::round(as_given(kGroupRows, rows, totals)));
  return " min_data_in_leaf=0 min_data_in_bin=1 feature_pre_filter=false"
         " bin_construct_sample_cnt=" +
         std::to_string(rows.rows()) + " min_data_per_group=" + shortest(group) +
         " cat_smooth=" + shortest(as_given(kCategoryRows, rows, totals));
}

std::string params_of(const FitPart& part, const WeightedRows& rows, const ClassTotals& totals,
                      const LightgbmOptions& options) {
  const double leaf =
      std::max(options.min_child_weight, hessian_of(options.min_child_samples, rows, totals));
  const std::pair<const char*, std::string> params[] = {
      {"categorical_feature", category_columns(part.patterns().category_counts)},
      {"metric", metric_name(options.eval_metric)},
      {"num_leaves", std::to_string(options.num_leaves)},
      {"max_depth", std::to_string(options.max_depth.value_or(-1))},
      {"learning_rate", shortest(options.learning_rate)},
      {"min_sum_hessian_in_leaf", shortest(leaf)},
      {"min_gain_to_split", shortest(options.min_split_gain)},
      {"lambda_l2", shortest(options.reg_lambda)},
      {"lambda_l1", shortest(options.reg_alpha)},
      {"max_bin", std::to_string(options.max_bin)},
      {"feature_fraction", shortest(options.colsample_bytree)}};
  // The logistic loss for labels that are shares; "binary" takes whole labels only.
  std::string text = "objective=cross_entropy verbosity=-1 deterministic=true force_row_wise=true";
  for (const auto& [name, value] : params) text += std::string(" ") + name + "=" + value;
  return text + counting_params(rows, totals);
}

std::string with_draws(const std::string& params, std::uint64_t seed, int threads) {
  return params + " seed=" + std::to_string(seed % 2147483647) +
         " num_threads=" + std::to_string(threads);
}

/// The weight of positive rows is part of the rows, as the library has it for whole labels only.
WeightedRows training_rows(const Patterns& patterns, const std::vector<PatternCount>& counts,
                           const LightgbmOptions& options) {
  const double weight = positive_weight(options.scale_pos_weight, class_weight_sums(counts));
  return rows_by_pattern(patterns, counts, weight);
}

void check_size(const WeightedRows& rows, const Control& control) {
  if (!std::in_range<std::int32_t>(rows.rows())) {
    throw Error(ErrorKind::data,
                "LightGBM takes up to 2,147,483,647 distinct rows, this part has " +
                    thousands(rows.rows()) + ". Train on a sample of them.");
  }
  check_memory(control, "fit", rows.values.size() * 8);
}

int rounds_that_generalise(const FitPart& part, const LightgbmOptions& options,
                           const FitRequest& request, const Control& control) {
  const HeldOut parts = hold_out(part, options.validation_fraction, request.seed);
  const WeightedRows rows = training_rows(part.patterns(), parts.fit, options);
  const std::string params = with_draws(params_of(part, rows, class_totals(parts.fit), options),
                                        request.seed, threads_that_pay(rows, control));
  const Table table(rows, params, nullptr);
  const Table watched(rows_by_class(part.patterns(), parts.watched), params, &table);
  Booster booster(table, params);
  booster.watch(watched);
  const StoppingRule rule{options.n_estimators, *options.early_stopping_rounds,
                          options.eval_metric != EvalMetric::logloss};
  return best_rounds(rule, [&](int round) {
    check_stop(control);
    booster.update();
    report_progress(control, "early_stopping", (round + 1.0) / rule.most_rounds);
    return booster.evaluate();
  });
}

}  // namespace

std::string train_lightgbm(const FitPart& part, const LightgbmOptions& options,
                           const FitRequest& request, const Control& control) {
  check_both_classes(part, "LightGBM");
  check_lightgbm(lightgbm_api().register_log_callback([](const char*) {}));  // else it is stdout
  const int rounds = options.early_stopping_rounds
                         ? rounds_that_generalise(part, options, request, control)
                         : options.n_estimators;
  const WeightedRows rows = training_rows(part.patterns(), part.counts(), options);
  check_size(rows, control);
  const std::string params = with_draws(params_of(part, rows, part.totals(), options), request.seed,
                                        threads_that_pay(rows, control));
  const Table table(rows, params, nullptr);
  Booster booster(table, params);
  for (int round = 0; round < rounds && booster.update(); ++round) {
    check_stop(control);
    report_progress(control, "fit", (round + 1.0) / rounds);
  }
  return booster.save();
}

}  // namespace rarewood

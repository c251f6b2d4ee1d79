#include "rarewood/learn/xgboost/training.hpp"

#include <cstdlib>
#include <utility>

#include <fmt/format.h>

#include "rarewood/learn/positive_weight.hpp"
#include "rarewood/learn/weighted_rows.hpp"
#include "rarewood/learn/xgboost/xgboost_api.hpp"

namespace rarewood {
namespace {

using Params = std::vector<std::pair<std::string, std::string>>;

/// Rows inside XGBoost.
class Table {
 public:
  Table(const WeightedRows& rows, const std::vector<std::uint32_t>& category_counts, int threads) {
    const XgboostApi& api = xgboost_api();
    check_xgboost(api.table_from_dense(
        xgboost_array(rows.values.data(), rows.rows(), rows.features).c_str(),
        fmt::format(R"({{"missing":NaN,"nthread":{}}})", threads).c_str(), &handle_));
    check_xgboost(api.set_table_floats(handle_, "label", rows.labels.data(), rows.rows()));
    check_xgboost(api.set_table_floats(handle_, "weight", rows.weights.data(), rows.rows()));
    std::vector<const char*> kinds;
    for (const std::uint32_t count : category_counts) kinds.push_back(count > 0 ? "c" : "float");
    check_xgboost(
        api.set_feature_texts(handle_, "feature_type", kinds.data(), category_counts.size()));
  }
  ~Table() { xgboost_api().free_table(handle_); }
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;

  DMatrixHandle handle() const { return handle_; }

 private:
  DMatrixHandle handle_ = nullptr;
};

class Booster {
 public:
  Booster(const Table& table, const Params& params) {
    const DMatrixHandle handle = table.handle();
    check_xgboost(xgboost_api().create(&handle, 1, &handle_));
    for (const auto& [name, value] : params) {
      check_xgboost(xgboost_api().set_param(handle_, name.c_str(), value.c_str()));
    }
  }
  ~Booster() { xgboost_api().free(handle_); }
  Booster(const Booster&) = delete;
  Booster& operator=(const Booster&) = delete;

  void update(int round, const Table& table) {
    check_xgboost(xgboost_api().update(handle_, round, table.handle()));
  }

  /// The metric on other rows: XGBoost writes "[7]\twatched-auc:0.75".
  double evaluate(int round, const Table& table) {
    DMatrixHandle handle = table.handle();
    const char* name = "watched";
    const char* text = nullptr;
    check_xgboost(xgboost_api().evaluate(handle_, round, &handle, &name, 1, &text));
    const std::string line = text;
    return std::strtod(line.c_str() + line.rfind(':') + 1, nullptr);
  }

  std::string save() {
    bst_ulong length = 0;
    const char* bytes = nullptr;
    check_xgboost(xgboost_api().save(handle_, R"({"format":"ubj"})", &length, &bytes));
    return {bytes, length};
  }

 private:
  BoosterHandle handle_ = nullptr;
};

const char* metric_name(EvalMetric metric) {
  if (metric == EvalMetric::auc) return "auc";
  return metric == EvalMetric::aucpr ? "aucpr" : "logloss";
}

Params params_of(const XgboostOptions& options, std::uint64_t seed, int threads) {
  return {{"objective", "binary:logistic"},
          {"tree_method", "hist"},
          {"disable_default_eval_metric", "1"},
          {"eval_metric", metric_name(options.eval_metric)},
          {"seed", std::to_string(seed % 2147483647)},
          {"max_depth", std::to_string(options.max_depth)},
          {"learning_rate", shortest(options.learning_rate)},
          {"min_child_weight", shortest(options.min_child_weight)},
          {"reg_lambda", shortest(options.reg_lambda)},
          {"reg_alpha", shortest(options.reg_alpha)},
          {"gamma", shortest(options.gamma)},
          {"max_bin", std::to_string(options.max_bin)},
          {"colsample_bytree", shortest(options.colsample_bytree)},
          {"nthread", std::to_string(threads)}};
}

/// The weight of positive rows is part of the rows, as the library has it for whole labels only.
WeightedRows training_rows(const Patterns& patterns, const std::vector<PatternCount>& counts,
                           const XgboostOptions& options) {
  const double weight = positive_weight(options.scale_pos_weight, class_weight_sums(counts));
  return rows_by_pattern(patterns, counts, weight);
}

/// What the library keeps of each value: an index and a float in rows, a bin, and our own copy.
void check_memory_of(const WeightedRows& rows, const Control& control) {
  check_memory(control, "fit", rows.values.size() * 16);
}

int rounds_that_generalise(const FitPart& part, const XgboostOptions& options,
                           const FitRequest& request, const Control& control) {
  const HeldOut parts = hold_out(part, options.validation_fraction, request.seed);
  const WeightedRows rows = training_rows(part.patterns(), parts.fit, options);
  const int threads = threads_that_pay(rows, control);
  const auto& kinds = part.patterns().category_counts;
  const Table table(rows, kinds, threads);
  const Table watched(rows_by_class(part.patterns(), parts.watched), kinds, threads);
  Booster booster(table, params_of(options, request.seed, threads));
  const StoppingRule rule{options.n_estimators, *options.early_stopping_rounds,
                          options.eval_metric != EvalMetric::logloss};
  return best_rounds(rule, [&](int round) {
    check_stop(control);
    booster.update(round, table);
    report_progress(control, "early_stopping", (round + 1.0) / rule.most_rounds);
    return booster.evaluate(round, watched);
  });
}

}  // namespace

std::string train_xgboost(const FitPart& part, const XgboostOptions& options,
                          const FitRequest& request, const Control& control) {
  check_both_classes(part, "XGBoost");
  check_xgboost(xgboost_api().set_global_config(R"({"verbosity":0})"));
  const int rounds = options.early_stopping_rounds
                         ? rounds_that_generalise(part, options, request, control)
                         : options.n_estimators;
  const WeightedRows rows = training_rows(part.patterns(), part.counts(), options);
  check_memory_of(rows, control);
  const int threads = threads_that_pay(rows, control);
  const Table table(rows, part.patterns().category_counts, threads);
  Booster booster(table, params_of(options, request.seed, threads));
  for (int round = 0; round < rounds; ++round) {
    check_stop(control);
    booster.update(round, table);
    report_progress(control, "fit", (round + 1.0) / rounds);
  }
  return booster.save();
}

}  // namespace rarewood

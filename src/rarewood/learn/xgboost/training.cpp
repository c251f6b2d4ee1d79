#include "rarewood/learn/xgboost/training.hpp"

#include <cstdlib>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "rarewood/learn/boosting.hpp"
#include "rarewood/learn/xgboost/xgboost_api.hpp"

namespace rarewood {
namespace {

using Params = std::vector<std::pair<std::string, std::string>>;

/// Rows inside XGBoost.
class Table {
 public:
  Table(const WeightedRows& rows, const std::vector<std::uint32_t>& category_counts, int threads) {
    const XgboostApi& api = xgboost_api();
    DMatrixHandle made = nullptr;
    check_xgboost(api.table_from_dense(
        xgboost_array(rows.values.data(), rows.rows(), rows.features).c_str(),
        fmt::format(R"({{"missing":NaN,"nthread":{}}})", threads).c_str(), &made));
    handle_.reset(made);
    check_xgboost(api.set_table_floats(made, "label", rows.labels.data(), rows.rows()));
    check_xgboost(api.set_table_floats(made, "weight", rows.weights.data(), rows.rows()));
    std::vector<const char*> kinds;
    for (const std::uint32_t count : category_counts) kinds.push_back(count > 0 ? "c" : "float");
    check_xgboost(
        api.set_feature_texts(made, "feature_type", kinds.data(), category_counts.size()));
  }

  DMatrixHandle handle() const { return handle_.get(); }

 private:
  LibraryHandle handle_{nullptr, xgboost_api().free_table};
};

class XgboostFit {
 public:
  XgboostFit(const BoosterStart& start, const std::vector<std::uint32_t>& category_counts,
             const Params& params)
      : table_(start.rows, category_counts, start.threads) {
    if (start.watched != nullptr) watched_.emplace(*start.watched, category_counts, start.threads);
    const DMatrixHandle table = table_.handle();
    BoosterHandle made = nullptr;
    check_xgboost(xgboost_api().create(&table, 1, &made));
    handle_.reset(made);
    for (const auto& [name, value] : params) {
      check_xgboost(xgboost_api().set_param(made, name.c_str(), value.c_str()));
    }
  }

  bool update(int round) {
    check_xgboost(xgboost_api().update(handle_.get(), round, table_.handle()));
    return true;
  }

  /// XGBoost writes "[7]\twatched-auc:0.75".
  double evaluate(int round) {
    DMatrixHandle handle = watched_.value().handle();
    const char* name = "watched";
    const char* text = nullptr;
    check_xgboost(xgboost_api().evaluate(handle_.get(), round, &handle, &name, 1, &text));
    const std::string line = text;
    return std::strtod(line.c_str() + line.rfind(':') + 1, nullptr);
  }

  std::string save() {
    bst_ulong length = 0;
    const char* bytes = nullptr;
    check_xgboost(xgboost_api().save(handle_.get(), R"({"format":"ubj"})", &length, &bytes));
    return {bytes, length};
  }

 private:
  Table table_;
  std::optional<Table> watched_;
  LibraryHandle handle_{nullptr, xgboost_api().free};
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

}  // namespace

std::string train_xgboost(const FitPart& part, const XgboostOptions& options,
                          const FitRequest& request, const Control& control) {
  check_xgboost(xgboost_api().set_global_config(R"({"verbosity":0})"));
  BoosterLibrary library;
  library.title = "XGBoost";
  library.bytes_a_value = 16;  // an index and a float in rows, a bin, and our own copy
  library.start = [&](const BoosterStart& start) {
    return booster_of(std::make_shared<XgboostFit>(
        start, part.patterns().category_counts, params_of(options, request.seed, start.threads)));
  };
  return boost(part, boosting_rules(options), library, request, control);
}

}  // namespace rarewood

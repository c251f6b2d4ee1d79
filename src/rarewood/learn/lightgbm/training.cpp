#include "rarewood/learn/lightgbm/training.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>

#include "rarewood/learn/boosting.hpp"
#include "rarewood/learn/lightgbm/lightgbm_api.hpp"

namespace rarewood {
namespace {

/// Rows inside LightGBM, binned.
class Table {
 public:
  /// \param bins_of  the table whose bins are used; null = its own
  Table(const WeightedRows& rows, const std::string& params, const Table* bins_of) {
    DatasetHandle made = nullptr;
    check_lightgbm(lightgbm_api().table_from_matrix(
        rows.values.data(), C_API_DTYPE_FLOAT32, static_cast<std::int32_t>(rows.rows()),
        static_cast<std::int32_t>(rows.features), 1, params.c_str(),
        bins_of == nullptr ? nullptr : bins_of->handle(), &made));
    handle_.reset(made);
    set("label", rows.labels);
    set("weight", rows.weights);
  }

  DatasetHandle handle() const { return handle_.get(); }

 private:
  void set(const char* field, const std::vector<float>& values) {
    check_lightgbm(lightgbm_api().set_field(handle(), field, values.data(),
                                            static_cast<int>(values.size()), C_API_DTYPE_FLOAT32));
  }

  LibraryHandle handle_{nullptr, lightgbm_api().free_table};
};

class LightgbmFit {
 public:
  LightgbmFit(const BoosterStart& start, const std::string& params)
      : table_(start.rows, params, nullptr) {
    BoosterHandle made = nullptr;
    check_lightgbm(lightgbm_api().create(table_.handle(), params.c_str(), &made));
    handle_.reset(made);
    if (start.watched == nullptr) return;
    watched_.emplace(*start.watched, params, &table_);
    check_lightgbm(lightgbm_api().watch(made, watched_->handle()));
  }

  bool update(int /*round*/) {
    int finished = 0;
    check_lightgbm(lightgbm_api().update(handle_.get(), &finished));
    return finished == 0;
  }

  double evaluate(int /*round*/) {
    int count = 0;
    double value = 0;
    check_lightgbm(lightgbm_api().evaluate(handle_.get(), 1, &count, &value));
    return value;
  }

  std::string save() {
    std::int64_t length = 0;
    check_lightgbm(lightgbm_api().save(handle_.get(), 0, -1, C_API_FEATURE_IMPORTANCE_SPLIT, 0,
                                       &length, nullptr));
    std::string text(static_cast<std::size_t>(length), '\0');
    check_lightgbm(lightgbm_api().save(handle_.get(), 0, -1, C_API_FEATURE_IMPORTANCE_SPLIT, length,
                                       &length, text.data()));
    text.resize(text.find('\0'));  // the length includes an end LightGBM itself cannot read
    return text;
  }

 private:
  Table table_;
  std::optional<Table> watched_;
  LibraryHandle handle_{nullptr, lightgbm_api().free};
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

}  // namespace

std::string train_lightgbm(const FitPart& part, const LightgbmOptions& options,
                           const FitRequest& request, const Control& control) {
  check_lightgbm(lightgbm_api().register_log_callback([](const char*) {}));  // else it is stdout
  BoosterLibrary library;
  library.title = "LightGBM";
  library.bytes_a_value = 8;  // our own float and, from above, a bin
  library.most_rows = std::numeric_limits<std::int32_t>::max();
  library.start = [&](const BoosterStart& start) {
    const std::string params = params_of(part, start.rows, start.totals, options);
    return booster_of(
        std::make_shared<LightgbmFit>(start, with_draws(params, request.seed, start.threads)));
  };
  return boost(part, boosting_rules(options), library, request, control);
}

}  // namespace rarewood

#include "rarewood/learn/lightgbm/lightgbm.hpp"

#include <gtest/gtest.h>

#include "rarewood/base/shared_library.hpp"
#include "rarewood/learn/booster_for_test.hpp"
#include "rarewood/learn/lightgbm/lightgbm_api.hpp"
#include "rarewood/learn/lightgbm/read_model.hpp"
#include "rarewood/learn/lightgbm/training.hpp"

namespace rarewood {
namespace {

LightgbmOptions options_of(int rounds) {
  LightgbmOptions options;
  options.n_estimators = rounds;
  return options;
}

/// Margins by the library itself, of a model it saved.
std::vector<double> library_margins(const std::string& model, const RowsForTest& rows) {
  const SharedLibrary library(LIGHTGBM_FILE, "LightGBM");
  decltype(&LGBM_BoosterLoadModelFromString) load = nullptr;
  decltype(&LGBM_BoosterPredictForMat) predict = nullptr;
  library.bind("LGBM_BoosterLoadModelFromString", load);
  library.bind("LGBM_BoosterPredictForMat", predict);
  BoosterHandle booster = nullptr;
  int rounds = 0;
  check_lightgbm(load(model.c_str(), &rounds, &booster));
  const std::vector<float> values = row_major(rows.columns);
  std::vector<double> margins(rows.columns.rows);
  std::int64_t length = 0;
  check_lightgbm(predict(
      booster, values.data(), C_API_DTYPE_FLOAT32, static_cast<std::int32_t>(rows.columns.rows),
      static_cast<std::int32_t>(rows.columns.values.size()), 1, C_API_PREDICT_RAW_SCORE, 0, -1,
      "num_threads=1 verbosity=-1", &length, margins.data()));
  lightgbm_api().free(booster);
  return margins;
}

TEST(Lightgbm, scores_as_the_library_does) {
  const RowsForTest rows(4000, 1);
  RowsForTest others(3000, 2);
  // A feature that had no missing value in training: LightGBM takes one for 0.
  others.columns.values[1][5] = std::numeric_limits<float>::quiet_NaN();
  const FitPart part = rows.part();
  for (const int leaves : {2, 31, 200}) {
    LightgbmOptions options = options_of(60);
    options.num_leaves = leaves;
    options.scale_pos_weight = leaves == 31 ? "balanced" : "1";
    const std::string model = train_lightgbm(part, options, {}, Control{});
    const Ensemble ensemble = read_lightgbm_model(model);
    EXPECT_EQ(ensemble.trees(), 60U);
    EXPECT_FALSE(ensemble.category_sets.empty());
    const auto ours = scores_of(ensemble, others.columns);
    EXPECT_LE(largest_difference(ours, library_margins(model, others)), 1e-6);
  }
}

TEST(Lightgbm, learns_the_same_from_counts_as_from_rows) {
  RowsForTest rows(20000, 3, true);
  for (Feature& feature : rows.schema.features) feature.categories.clear();
  const LightgbmOptions options = options_of(50);
  const FitPart part = rows.part(true);
  EXPECT_LT(part.counts().size(), 5000U);
  const Ensemble counted = fit_lightgbm(part, options, {}, Control{});
  const Ensemble single = fit_lightgbm(rows.part(false), options, {}, Control{});
  EXPECT_LE(largest_difference(scores_of(counted, rows.columns), scores_of(single, rows.columns)),
            1e-4);
}

TEST(Lightgbm, learns_as_much_of_categories_from_counts_as_from_rows) {
  const RowsForTest rows(20000, 3, true);
  const RowsForTest others(20000, 4, true);
  const LightgbmOptions options = options_of(50);
  const Ensemble counted = fit_lightgbm(rows.part(true), options, {}, Control{});
  const Ensemble single = fit_lightgbm(rows.part(false), options, {}, Control{});
  EXPECT_NEAR(log_loss(scores_of(counted, others.columns), others.positive),
              log_loss(scores_of(single, others.columns), others.positive), 1e-3);
}

TEST(Lightgbm, makes_the_same_bytes_for_any_threads_and_after_another_fit) {
  const RowsForTest rows(3000, 4);
  const FitPart part = rows.part();
  LightgbmOptions options = options_of(30);
  options.colsample_bytree = 0.6;
  const Ensemble once = fit_lightgbm(part, options, {.seed = 7}, Control{});
  for (const int threads : {2, 3, 8}) {
    EXPECT_EQ(fit_lightgbm(part, options, {.seed = 7}, Control{.threads = threads}), once);
  }
  EXPECT_NE(fit_lightgbm(part, options, {.seed = 8}, Control{}), once);
}

TEST(Lightgbm, holds_the_cover_of_each_node) {
  const Ensemble ensemble = fit_lightgbm(RowsForTest(2000, 5).part(), options_of(5), {}, Control{});
  for (const Node& node : ensemble.nodes) {
    EXPECT_GT(node.cover, 0);
    if (node.is_leaf()) continue;
    const float below = ensemble.nodes[node.left].cover + ensemble.nodes[node.right].cover;
    EXPECT_NEAR(below, node.cover, 1e-2F * node.cover);
  }
}

TEST(Lightgbm, answers_the_base_rate_where_no_split_is_allowed) {
  LightgbmOptions options = options_of(5);
  options.min_child_samples = 1000000;
  const RowsForTest rows(500, 5);
  const FitPart part = rows.part();
  const Ensemble ensemble = fit_lightgbm(part, options, {}, Control{});
  const double rate = part.totals().base_rate();
  EXPECT_NEAR(scores_of(ensemble, rows.columns)[0], std::log(rate / (1 - rate)), 1e-6);
}

TEST(Lightgbm, stops_early_where_more_rounds_only_learn_noise) {
  const FitPart part = RowsForTest(1500, 6).part();
  LightgbmOptions options = options_of(400);
  options.learning_rate = 0.5;
  for (const EvalMetric metric : {EvalMetric::logloss, EvalMetric::auc, EvalMetric::aucpr}) {
    options.early_stopping_rounds = 10;
    options.eval_metric = metric;
    const Ensemble ensemble = fit_lightgbm(part, options, {}, Control{});
    EXPECT_GE(ensemble.trees(), 1U);
    EXPECT_LT(ensemble.trees(), 100U);
  }
}

TEST(Lightgbm, can_be_stopped_between_rounds) {
  std::stop_source source;
  Control control;
  control.stop = source.get_token();
  control.progress = [&](const std::string&, double share) {
    if (share > 0.5) source.request_stop();
  };
  EXPECT_THROW(fit_lightgbm(RowsForTest(500, 7).part(), options_of(20), {}, control), Error);
}

TEST(Lightgbm, tells_the_librarys_own_objection) {
  LightgbmOptions options = options_of(5);
  options.max_bin = 1;  // the option table would refuse it
  EXPECT_THROW(fit_lightgbm(RowsForTest(500, 8).part(), options, {}, Control{}), Error);
  EXPECT_THROW(read_lightgbm_model("tree\nend of trees\n"), Error);
  EXPECT_THROW(read_lightgbm_model("Tree=0\nnum_leaves=1\nleaf_value=0.5\n"), Error);
}

}  // namespace
}  // namespace rarewood

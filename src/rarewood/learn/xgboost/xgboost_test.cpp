#include "rarewood/learn/xgboost/xgboost.hpp"

#include <gtest/gtest.h>

#include "rarewood/base/shared_library.hpp"
#include "rarewood/learn/booster_for_test.hpp"
#include "rarewood/learn/xgboost/read_model.hpp"
#include "rarewood/learn/xgboost/training.hpp"
#include "rarewood/learn/xgboost/xgboost_api.hpp"

namespace rarewood {
namespace {

XgboostOptions options_of(int rounds) {
  XgboostOptions options;
  options.n_estimators = rounds;
  options.learning_rate = 0.1;
  return options;
}

/// Margins by the library itself, of a model it saved.
std::vector<float> library_margins(const std::string& model, const RowsForTest& rows) {
  const SharedLibrary library(XGBOOST_FILE, "XGBoost");
  decltype(&XGBoosterLoadModelFromBuffer) load = nullptr;
  decltype(&XGBoosterPredictFromDMatrix) predict = nullptr;
  library.bind("XGBoosterLoadModelFromBuffer", load);
  library.bind("XGBoosterPredictFromDMatrix", predict);
  const XgboostApi& api = xgboost_api();
  const std::vector<float> values = row_major(rows.columns);
  DMatrixHandle table = nullptr;
  check_xgboost(api.table_from_dense(
      xgboost_array(values.data(), rows.columns.rows, rows.columns.values.size()).c_str(),
      R"({"missing":NaN,"nthread":1})", &table));
  const char* kinds[] = {"float", "float", "c", "c", "float"};
  check_xgboost(api.set_feature_texts(table, "feature_type", kinds, 5));
  BoosterHandle booster = nullptr;
  check_xgboost(api.create(nullptr, 0, &booster));
  check_xgboost(load(booster, model.data(), model.size()));
  const bst_ulong* shape = nullptr;
  bst_ulong dimensions = 0;
  const float* margins = nullptr;
  check_xgboost(predict(booster, table,
                        R"({"type":1,"training":false,"iteration_begin":0,"iteration_end":0,)"
                        R"("strict_shape":false})",
                        &shape, &dimensions, &margins));
  std::vector<float> result(margins, margins + rows.columns.rows);
  api.free(booster);
  api.free_table(table);
  return result;
}

TEST(Xgboost, scores_as_the_library_does) {
  const RowsForTest rows(4000, 1);
  const RowsForTest others(3000, 2);
  const FitPart part = rows.part();
  for (const int depth : {1, 6, 9}) {
    XgboostOptions options = options_of(60);
    options.max_depth = depth;
    options.scale_pos_weight = depth == 6 ? "balanced" : "1";
    const std::string model = train_xgboost(part, options, {}, Control{});
    const Ensemble ensemble = read_xgboost_model(model, part.patterns().category_counts);
    EXPECT_EQ(ensemble.trees(), 61U);  // the first is the intercept
    EXPECT_FALSE(ensemble.category_sets.empty());
    const auto ours = scores_of(ensemble, others.columns);
    EXPECT_LE(largest_difference(ours, library_margins(model, others)), 1e-6);
  }
}

TEST(Xgboost, learns_the_same_from_counts_as_from_rows) {
  RowsForTest rows(20000, 3, true);
  for (Feature& feature : rows.schema.features) feature.categories.clear();
  const XgboostOptions options = options_of(50);
  const FitPart part = rows.part(true);
  EXPECT_LT(part.counts().size(), 5000U);
  const Ensemble counted = fit_xgboost(part, options, {}, Control{});
  const Ensemble single = fit_xgboost(rows.part(false), options, {}, Control{});
  EXPECT_LE(largest_difference(scores_of(counted, rows.columns), scores_of(single, rows.columns)),
            1e-4);
}

TEST(Xgboost, learns_as_much_of_categories_from_counts_as_from_rows) {
  const RowsForTest rows(20000, 3, true);
  const RowsForTest others(20000, 4, true);
  const XgboostOptions options = options_of(50);
  const Ensemble counted = fit_xgboost(rows.part(true), options, {}, Control{});
  const Ensemble single = fit_xgboost(rows.part(false), options, {}, Control{});
  EXPECT_NEAR(log_loss(scores_of(counted, others.columns), others.positive),
              log_loss(scores_of(single, others.columns), others.positive), 1e-3);
}

TEST(Xgboost, makes_the_same_bytes_for_any_threads_and_after_another_fit) {
  const RowsForTest rows(3000, 4);
  const FitPart part = rows.part();
  XgboostOptions options = options_of(30);
  options.colsample_bytree = 0.6;
  const Ensemble once = fit_xgboost(part, options, {.seed = 7}, Control{});
  for (const int threads : {2, 3, 8}) {
    EXPECT_EQ(fit_xgboost(part, options, {.seed = 7}, Control{.threads = threads}), once);
  }
  EXPECT_NE(fit_xgboost(part, options, {.seed = 8}, Control{}), once);
}

TEST(Xgboost, holds_the_cover_of_each_node) {
  const Ensemble ensemble = fit_xgboost(RowsForTest(2000, 5).part(), options_of(5), {}, Control{});
  for (const Node& node : ensemble.nodes) {
    EXPECT_GT(node.cover, 0);
    if (node.is_leaf()) continue;
    const float below = ensemble.nodes[node.left].cover + ensemble.nodes[node.right].cover;
    EXPECT_NEAR(below, node.cover, 1e-3F * node.cover);
  }
}

TEST(Xgboost, stops_early_where_more_rounds_only_learn_noise) {
  const FitPart part = RowsForTest(1500, 6).part();
  XgboostOptions options = options_of(400);
  options.learning_rate = 0.5;
  for (const EvalMetric metric : {EvalMetric::logloss, EvalMetric::auc, EvalMetric::aucpr}) {
    options.early_stopping_rounds = 10;
    options.eval_metric = metric;
    const Ensemble ensemble = fit_xgboost(part, options, {}, Control{});
    EXPECT_GT(ensemble.trees(), 1U);
    EXPECT_LT(ensemble.trees(), 100U);
  }
}

TEST(Xgboost, can_be_stopped_between_rounds) {
  std::stop_source source;
  Control control;
  control.stop = source.get_token();
  control.progress = [&](const std::string&, double share) {
    if (share > 0.5) source.request_stop();
  };
  EXPECT_THROW(fit_xgboost(RowsForTest(500, 7).part(), options_of(20), {}, control), Error);
}

TEST(Xgboost, tells_the_librarys_own_objection) {
  try {
    check_xgboost(xgboost_api().set_global_config("no json"));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::external);
    EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
  }
  EXPECT_THROW(read_xgboost_model("{}", {}), Error);
}

}  // namespace
}  // namespace rarewood

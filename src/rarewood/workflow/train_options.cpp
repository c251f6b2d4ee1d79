#include "rarewood/workflow/train_options.hpp"

#include "rarewood/learn/learner.hpp"
#include "rarewood/resample/resampler.hpp"

namespace rarewood {
namespace {

template <typename Entry>
std::vector<std::string> names_of(const std::vector<Entry>& entries,
                                  std::vector<std::string> names) {
  for (const Entry& entry : entries) names.push_back(entry.name);
  return names;
}

}  // namespace

const OptionTable<TrainOptions>& train_options() {
  static const OptionTable<TrainOptions> table = [] {
    OptionTable<TrainOptions> t("train");
    t.add(&TrainOptions::table, "table",
          "table to learn from: a CSV or Parquet file or an s3:// URI; without it the store's "
          "processed-data/training_data.parquet")
        .not_in_model();
    t.add(&TrainOptions::strategy, "strategy", "a named set of option values")
        .words(names_of(strategies(), {"none"}));
    t.add(&TrainOptions::learner, "learner", "what learns").words(names_of(learners(), {}));
    t.add(&TrainOptions::balance, "balance", "what is done about the imbalance")
        .words(names_of(resamplers(), {}));
    t.add(&TrainOptions::time_check, "time_check",
          "where rows have times, also learn from the earliest and judge on the latest")
        .not_in_model();
    t.add(&TrainOptions::by, "by",
          "columns whose levels are judged one by one on the test part, features or not; week = "
          "the time of the rows, where they have one")
        .not_in_model();
    t.add(&TrainOptions::model, "model",
          "where the model lands in the store, without .onnx or .pkl")
        .not_in_model();
    t.add(&TrainOptions::figures, "figures", "folder for figures, or none").not_in_model();
    t.add(&TrainOptions::json, "json", "file for all of the run's facts and figures")
        .not_in_model();
    return t;
  }();
  return table;
}

const std::vector<Preset>& strategies() {
  static const std::vector<Preset> presets{
      {"smote",
       "SMOTE and a balanced forest, as assigned for the conversion job",
       {{"train", "learner", "forest"},
        {"train", "balance", "smote"},
        {"smote", "sampling_strategy", "0.25"},
        {"smote", "k_neighbors", "5"},
        {"forest", "n_estimators", "200"},
        {"forest", "max_depth", "15"},
        {"forest", "min_samples_split", "5"},
        {"forest", "class_weight", "balanced"}}},
      {"class_weight",
       "a balanced forest, no resampling",
       {{"train", "learner", "forest"},
        {"train", "balance", "class_weight"},
        {"forest", "n_estimators", "100"},
        {"forest", "max_depth", "10"},
        {"forest", "class_weight", "balanced"}}},
      {"xgboost",
       "XGBoost with positive rows weighing as much as negative ones, as assigned",
       {{"train", "learner", "xgboost"},
        {"train", "balance", "class_weight"},
        {"xgboost", "n_estimators", "200"},
        {"xgboost", "max_depth", "6"},
        {"xgboost", "learning_rate", "0.1"},
        {"xgboost", "scale_pos_weight", "balanced"},
        {"xgboost", "eval_metric", "aucpr"}}},
      {kSteadyStrategy,
       "a forest of shallow trees with large leaves, no resampling",
       {{"train", "learner", "forest"},
        {"train", "balance", "none"},
        {"forest", "n_estimators", "100"},
        {"forest", "max_depth", "8"},
        {"forest", "min_samples_leaf", "20"}}},
  };
  return presets;
}

}  // namespace rarewood

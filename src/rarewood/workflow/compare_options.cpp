#include "rarewood/workflow/compare_options.hpp"

namespace rarewood {

const OptionTable<CompareOptions>& compare_options() {
  static const OptionTable<CompareOptions> table = [] {
    OptionTable<CompareOptions> t("compare");
    t.add(&CompareOptions::table, "table",
          "table to learn from: a CSV or Parquet file or an s3:// URI; without it the store's "
          "processed-data/training_data.parquet")
        .not_in_model();
    t.add(&CompareOptions::learners, "learners",
          "what learns, each name one of train's --learner; the dummy is compared with balance "
          "none only");
    t.add(&CompareOptions::balances, "balances",
          "what is done about the imbalance, each name one of train's --balance");
    t.add(&CompareOptions::by, "by",
          "figure that orders the candidates and decides: rule = that of --threshold, which is F1 "
          "unless another rule is asked for")
        .words({"rule", "f1_score", "auc_roc", "average_precision", "log_loss"});
    t.add(&CompareOptions::set, "set",
          "options of learners and samplers, by their section in the reference: "
          "forest.n_estimators=200,smote.k_neighbors=3; all others keep their defaults");
    t.add(&CompareOptions::save_as, "save_as",
          "where the chosen model lands in the store, without .onnx or .pkl; empty = it stays in "
          "the journal")
        .not_in_model();
    t.add(&CompareOptions::json, "json", "file for all facts and figures").not_in_model();
    return t;
  }();
  return table;
}

}  // namespace rarewood

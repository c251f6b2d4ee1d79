#include "rarewood/learn/lightgbm/lightgbm.hpp"

#include <utility>

#include "rarewood/learn/lightgbm/read_model.hpp"
#include "rarewood/learn/lightgbm/training.hpp"
#include "rarewood/learn/positive_weight.hpp"

namespace rarewood {
namespace {

class Lightgbm : public Learner {
 public:
  explicit Lightgbm(LightgbmOptions options) : options_(std::move(options)) {}
  Predictor fit(const FitPart& part, const FitRequest& request,
                const Control& control) const override {
    return fit_lightgbm(part, options_, request, control);
  }

 private:
  LightgbmOptions options_;
};

void add_tree_options(OptionTable<LightgbmOptions>& t) {
  t.add(&LightgbmOptions::n_estimators, "n_estimators", "boosting rounds, one tree each",
        Range{1, 10000});
  t.add(&LightgbmOptions::num_leaves, "num_leaves", "leaves of a tree", Range{2, 131072});
  t.add(&LightgbmOptions::max_depth, "max_depth", "deepest level of a tree, or none for no limit",
        Range{1, 1000});
  t.add(&LightgbmOptions::learning_rate, "learning_rate",
        "share of each tree's answer that is used", Range{0, 1, true});
  t.add(&LightgbmOptions::min_child_samples, "min_child_samples",
        "rows a leaf must hold, told from their hessian: rows x p x (1 - p) at the base rate",
        Range{0, 1e9});
  t.add(&LightgbmOptions::min_child_weight, "min_child_weight", "hessian a leaf must hold",
        Range{0, 1e9});
  t.add(&LightgbmOptions::min_split_gain, "min_split_gain", "loss a split must save",
        Range{0, 1e9});
}

}  // namespace

const OptionTable<LightgbmOptions>& lightgbm_options() {
  static const OptionTable<LightgbmOptions> table = [] {
    OptionTable<LightgbmOptions> t("lightgbm");
    add_tree_options(t);
    t.add(&LightgbmOptions::reg_lambda, "reg_lambda", "L2 penalty of leaf values", Range{0, 1e9});
    t.add(&LightgbmOptions::reg_alpha, "reg_alpha", "L1 penalty of leaf values", Range{0, 1e9});
    t.add(&LightgbmOptions::max_bin, "max_bin", "bins of a number's values", Range{2, 65535});
    t.add(&LightgbmOptions::colsample_bytree, "colsample_bytree",
          "share of the features a tree sees", Range{0, 1, true});
    t.add(
        &LightgbmOptions::scale_pos_weight, "scale_pos_weight",
        "what a positive row weighs against a negative one, or balanced for negatives / positives");
    add_early_stopping(t);
    return t;
  }();
  return table;
}

Ensemble fit_lightgbm(const FitPart& part, const LightgbmOptions& options,
                      const FitRequest& request, const Control& control) {
  return read_lightgbm_model(train_lightgbm(part, options, request, control));
}

std::unique_ptr<Learner> make_lightgbm(const RawOptions& raw) {
  LightgbmOptions options = lightgbm_options().make(raw);
  check_positive_weight(options.scale_pos_weight);
  return std::make_unique<Lightgbm>(std::move(options));
}

}  // namespace rarewood

#include "rarewood/learn/xgboost/xgboost.hpp"

#include <utility>

#include "rarewood/learn/positive_weight.hpp"
#include "rarewood/learn/xgboost/read_model.hpp"
#include "rarewood/learn/xgboost/training.hpp"

namespace rarewood {
namespace {

class Xgboost : public Learner {
 public:
  explicit Xgboost(XgboostOptions options) : options_(std::move(options)) {}
  Predictor fit(const FitPart& part, const FitRequest& request,
                const Control& control) const override {
    return fit_xgboost(part, options_, request, control);
  }

 private:
  XgboostOptions options_;
};

}  // namespace

const OptionTable<XgboostOptions>& xgboost_options() {
  static const OptionTable<XgboostOptions> table = [] {
    OptionTable<XgboostOptions> t("xgboost");
    t.add(&XgboostOptions::n_estimators, "n_estimators", "boosting rounds, one tree each",
          Range{1, 10000});
    t.add(&XgboostOptions::max_depth, "max_depth", "deepest level of a tree", Range{1, 30});
    t.add(&XgboostOptions::learning_rate, "learning_rate",
          "share of each tree's answer that is used", Range{0, 1, true});
    t.add(&XgboostOptions::min_child_weight, "min_child_weight",
          "hessian a child must hold: rows x p x (1 - p)", Range{0, 1e9});
    t.add(&XgboostOptions::reg_lambda, "reg_lambda", "L2 penalty of leaf values", Range{0, 1e9});
    t.add(&XgboostOptions::reg_alpha, "reg_alpha", "L1 penalty of leaf values", Range{0, 1e9});
    t.add(&XgboostOptions::gamma, "gamma", "loss a split must save", Range{0, 1e9});
    t.add(&XgboostOptions::max_bin, "max_bin", "bins of a number's values", Range{2, 65535});
    t.add(&XgboostOptions::colsample_bytree, "colsample_bytree",
          "share of the features a tree sees", Range{0, 1, true});
    t.add(
        &XgboostOptions::scale_pos_weight, "scale_pos_weight",
        "what a positive row weighs against a negative one, or balanced for negatives / positives");
    add_early_stopping(t);
    return t;
  }();
  return table;
}

Ensemble fit_xgboost(const FitPart& part, const XgboostOptions& options, const FitRequest& request,
                     const Control& control) {
  return read_xgboost_model(train_xgboost(part, options, request, control),
                            part.patterns().category_counts);
}

std::unique_ptr<Learner> make_xgboost(const RawOptions& raw) {
  XgboostOptions options = xgboost_options().make(raw);
  check_positive_weight(options.scale_pos_weight);
  return std::make_unique<Xgboost>(std::move(options));
}

}  // namespace rarewood

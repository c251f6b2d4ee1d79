#include "rarewood/learn/learner.hpp"

#include "rarewood/learn/dummy.hpp"
#include "rarewood/learn/forest/forest.hpp"
#include "rarewood/learn/lightgbm/lightgbm.hpp"
#include "rarewood/learn/linear/logistic.hpp"
#include "rarewood/learn/positive_weight.hpp"
#include "rarewood/learn/xgboost/xgboost.hpp"

namespace rarewood {
const std::vector<LearnerEntry>& learners() {
  static const std::vector<LearnerEntry> entries{
      {"forest",
       "random forest on counted patterns",
       "Random Forest",
       forest_options().specs(),
       make_forest,
       [](const RawOptions& raw) { return forest_options().make(raw).n_estimators; },
       [](const RawOptions& raw) { return forest_options().values(forest_options().make(raw)); },
       {"class_weight", "balanced", "none"}},
      {"xgboost",
       "gradient boosting by XGBoost on counted patterns",
       "XGBoost",
       xgboost_options().specs(),
       make_xgboost,
       nullptr,
       [](const RawOptions& raw) { return xgboost_options().values(xgboost_options().make(raw)); },
       {"scale_pos_weight", "balanced", "1"},
       [](const RawOptions& raw, const ClassWeightSums& sums) {
         return positive_weight(xgboost_options().make(raw).scale_pos_weight, sums);
       }},
      {"lightgbm",
       "gradient boosting by LightGBM on counted patterns",
       "LightGBM",
       lightgbm_options().specs(),
       make_lightgbm,
       nullptr,
       [](const RawOptions& raw) {
         return lightgbm_options().values(lightgbm_options().make(raw));
       },
       {"scale_pos_weight", "balanced", "1"},
       [](const RawOptions& raw, const ClassWeightSums& sums) {
         return positive_weight(lightgbm_options().make(raw).scale_pos_weight, sums);
       }},
      {"logistic",
       "logistic regression by Newton's method on counted patterns",
       "Logistic Regression",
       logistic_options().specs(),
       make_logistic,
       nullptr,
       [](const RawOptions& raw) {
         return logistic_options().values(logistic_options().make(raw));
       },
       {"class_weight", "balanced", "none"}},
      {"dummy", "answers the same for every row: what any model must beat", "Dummy",
       dummy_options().specs(), make_dummy, nullptr,
       [](const RawOptions& raw) { return dummy_options().values(dummy_options().make(raw)); }},
  };
  return entries;
}

const LearnerEntry& learner_named(const std::string& name) {
  std::vector<std::string> names;
  for (const LearnerEntry& entry : learners()) {
    if (entry.name == name) return entry;
    names.push_back(entry.name);
  }
  const auto meant = nearest_word(name, names);
  throw Error(ErrorKind::usage, "There is no learner '" + name + "'; there are " + listed(names) +
                                    "." + (meant ? " Did you mean '" + *meant + "'?" : ""));
}

}  // namespace rarewood

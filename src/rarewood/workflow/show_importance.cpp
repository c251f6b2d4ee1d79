#include "rarewood/workflow/show_importance.hpp"

#include "rarewood/explain/importance.hpp"
#include "rarewood/model/model.hpp"
#include "rarewood/workflow/score_table.hpp"

namespace rarewood {

const OptionTable<ImportanceOptions>& importance_options() {
  static const OptionTable<ImportanceOptions> table = [] {
    OptionTable<ImportanceOptions> t("importance");
    t.add(&ImportanceOptions::model, "model",
          "Saved model, .onnx or .pkl: a path, a URI, or a key of the store");
    t.add(&ImportanceOptions::figure, "figure", "PNG file to draw the importances to");
    return t;
  }();
  return table;
}

RunRecord importance_of(const ImportanceOptions& options, const StoreOptions& store,
                        const Control& control) {
  const Model model = load_model(options.model, store, control).model;
  RunRecord record;
  record.data.target = model.schema.target.name;
  record.data.prediction_point = model.schema.prediction_point;
  record.importance = feature_importance(model.predictor, model.schema);
  record.importance_measure = importance_measure(model.predictor);
  return record;
}

}  // namespace rarewood

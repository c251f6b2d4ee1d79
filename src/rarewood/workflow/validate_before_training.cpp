#include "rarewood/workflow/validate_before_training.hpp"

#include "rarewood/report/warn.hpp"
#include "rarewood/workflow/loading.hpp"
#include "rarewood/workflow/row_groups.hpp"
#include "rarewood/workflow/score_table.hpp"
#include "rarewood/workflow/validate_table.hpp"

namespace rarewood {
namespace {

std::vector<std::string> not_validated(const std::string& why) {
  std::vector<std::string> warnings;
  warn(warnings, "The table was not validated: " + why);
  return warnings;
}

}  // namespace

std::vector<std::string> validate_before_training(const ValidateFirst& first,
                                                  const Tolerance& tolerance,
                                                  const TrainRequest& request,
                                                  const Control& control) {
  if (first.validate == OnUnexpected::off) return {};
  const std::string key = request.train.model + ".onnx";
  const auto store = open_store(request.store, control);
  const std::string uri = store->uri(key);
  if (!store->find(key)) return not_validated("there is no model '" + uri + "' yet.");
  const SavedModel replaced = load_model(uri, request.store, control);
  const std::string model = "the model '" + replaced.name + "' ";
  if (!replaced.expectations) {
    return not_validated(model + "keeps no expectations; the one trained now will.");
  }
  const std::string& wanted = request.feature.target;
  if (!wanted.empty() && replaced.model.schema.target.name != wanted) {
    return not_validated(model + "predicts '" + replaced.model.schema.target.name + "'.");
  }
  const ObjectPlace table = training_place(request.train.table, request.store, control);
  const ValidatePlan plan{request.table, tolerance, named_group_column(request)};
  return heed(validate_against(replaced, table, plan, control), first.validate);
}

}  // namespace rarewood

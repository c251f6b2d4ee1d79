#include "rarewood/workflow/replaced_model.hpp"

#include <algorithm>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/model/model_file.hpp"
#include "rarewood/option/option.hpp"

namespace rarewood {
namespace {

/// The model that is about to be replaced; nothing where there is none that can be read.
std::optional<Model> model_there(const ModelPlace& place) {
  if (!place.onnx_etag) return std::nullopt;
  const std::string bytes = place.store->read(place.onnx_key);
  try {
    return model_from_bytes(bytes);
  } catch (const Error&) {  // nothing that could still be used is lost
    return std::nullopt;
  }
}

}  // namespace

bool may_rest_on(const std::vector<std::string>& leaks, const std::string& prediction_point,
                 const Model& model) {
  if (model.provenance.leaks) return !model.provenance.leaks->empty();
  return model.schema.prediction_point == prediction_point &&
         std::ranges::any_of(model.schema.features, [&](const Feature& feature) {
           return std::ranges::find(leaks, feature.name) != leaks.end();
         });
}

void refuse_leaky_replacement(const ModelPlace& place, const FeatureSchema& schema,
                              const std::vector<Finding>& findings, FailOn fail_on,
                              const char* option) {
  const std::vector<std::string> leaks = leaking_features(findings);
  if (leaks.empty() || fail_on != FailOn::replacing) return;
  const std::optional<Model> there = model_there(place);
  if (!there || may_rest_on(leaks, schema.prediction_point, *there)) return;
  const bool one = leaks.size() == 1;
  throw Error(ErrorKind::check,
              listed(leaks) + (one ? " gives" : " give") + " the answer away, and the model of '" +
                  there->schema.target.name + "' in " + place.store->uri(place.onnx_key) +
                  " has no such leak: it was left as it is. Leave the column" + (one ? "" : "s") +
                  " out (--exclude " + list_text(leaks) +
                  ", or available_at), name another place with " + option +
                  ", or replace the model all the same with --fail-on none.");
}

}  // namespace rarewood

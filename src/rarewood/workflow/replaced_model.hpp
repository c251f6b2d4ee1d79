#pragma once

#include <string>
#include <vector>

#include "rarewood/audit/fail_on.hpp"
#include "rarewood/feature/schema.hpp"
#include "rarewood/model/model.hpp"
#include "rarewood/workflow/saving.hpp"

namespace rarewood {

/// Whether a model rests on a leak, as far as it can be known: its provenance says so, or it says
/// nothing and learnt from one of these columns at this prediction point.
/// \param leaks  features that a table of the same prediction point was proved to leak by
bool may_rest_on(const std::vector<std::string>& leaks, const std::string& prediction_point,
                 const Model& model);

/// A model with a proved leak must not take the place of one without, unless --fail-on none says
/// so. A first model, and one in the place of another that leaks, is left to the warning.
/// \param schema  of the model that is about to be made
/// \param option  that names the place, "--model" or "--save-as"
/// \throws Error(check) naming the columns and the ways out
void refuse_leaky_replacement(const ModelPlace& place, const FeatureSchema& schema,
                              const std::vector<Finding>& findings, FailOn fail_on,
                              const char* option);

}  // namespace rarewood

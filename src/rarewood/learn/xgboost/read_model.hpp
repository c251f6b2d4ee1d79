#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "rarewood/model/ensemble.hpp"

namespace rarewood {

/// The trees of a saved model of two classes: sums are log-odds, the first tree is the intercept.
///
/// XGBoost goes left where value < split, we where value <= the next smaller float32: the same for
/// float32 values. Its category sets say what goes right, ours the others. Covers are hessian sums.
/// \param ubjson           as XGBoosterSaveModelToBuffer writes it
/// \param category_counts  per feature, as in Patterns
/// \throws Error(external) if the model is of another form than version 3 writes
Ensemble read_xgboost_model(std::string_view ubjson,
                            const std::vector<std::uint32_t>& category_counts);

}  // namespace rarewood

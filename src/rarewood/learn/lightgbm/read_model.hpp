#pragma once

#include <string_view>

#include "rarewood/model/ensemble.hpp"

namespace rarewood {

/// The trees of a saved model of two classes: sums are log-odds; the first tree holds the
/// intercept.
///
/// Thresholds are doubles there; the largest float32 below decides alike for float32 values. Where
/// a feature lacked missing values in training, LightGBM takes a missing one for 0, and so do we.
/// Categories it never saw, and missing ones, go right. Covers are hessian sums.
/// \param text  as LGBM_BoosterSaveModelToString writes it
/// \throws Error(external) if the model is of another form than version 4 writes
Ensemble read_lightgbm_model(std::string_view text);

}  // namespace rarewood

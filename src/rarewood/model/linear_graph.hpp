#pragma once

#include <string>

#include "rarewood/feature/schema.hpp"
#include "rarewood/model/linear_model.hpp"
#include "rarewood/model/onnx_graph.hpp"

namespace rarewood {

/// Add the way from the columns of `schema` to the raw score, a float called `output`.
///
///   numbers -> Concat -> double x weight, or what a missing value adds
///   categories -> LabelEncoder (code; the last for unseen ones and empty text) -> Gather
///   all terms -> Concat -> steps of 2^-32 -> sum -> cut off -> float
///
/// The arithmetic is that of linear_scores, step by step; the order of the sum is free.
void add_linear_score(const LinearModel& model, const FeatureSchema& schema,
                      const std::string& output, OnnxGraph& graph);

}  // namespace rarewood

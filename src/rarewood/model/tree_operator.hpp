#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rarewood/feature/schema.hpp"
#include "rarewood/model/ensemble.hpp"
#include "rarewood/model/wire.hpp"

namespace rarewood {

/// Attributes of the ONNX operator TreeEnsemble (ai.onnx.ml, version 5) that sums `ensemble`.
///
/// Trees are written in pre-order, whatever the order of the ensemble's nodes.
std::vector<WireWriter> tree_attributes(const Ensemble& ensemble);

/// The ensemble behind attributes that tree_attributes wrote, its nodes in pre-order; aggregation
/// is left as it is by default.
/// \param attributes  the bytes of each attribute
/// \throws ModelDamage if they are not a sound ensemble over `features`.
Ensemble read_trees(const std::vector<std::string_view>& attributes,
                    std::span<const Feature> features);

}  // namespace rarewood

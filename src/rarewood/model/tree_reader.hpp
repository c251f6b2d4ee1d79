#pragma once

#include <span>

#include "rarewood/feature/schema.hpp"
#include "rarewood/model/ensemble.hpp"
#include "rarewood/model/tree_streams.hpp"

namespace rarewood {

/// The ensemble that to_arrays made the stored arrays of.
/// \throws ModelDamage if they are not exactly what to_arrays makes of an ensemble over `features`.
Ensemble ensemble_of(TreeStreams& streams, std::span<const Feature> features);

}  // namespace rarewood

#pragma once

#include <string>

#include "rarewood/base/control.hpp"
#include "rarewood/store/location.hpp"
#include "rarewood/track/track_options.hpp"

namespace rarewood {

/// Let the registry's alias `champion` point to the model that lies at a place, and look there
/// again afterwards: what was put there meanwhile is followed, so that of promotions at once the
/// last one to look leaves the alias at the model in use.
/// \param name  of the registered model
/// \param onnx  place of the model's .onnx; where that is absent its .pkl counts
/// \return the version; "" where no model is there
/// \throws Error(external), also where no version carries the model
std::string follow_champion(const TrackOptions& track, const std::string& name,
                            const ObjectPlace& onnx, const Control& control);

}  // namespace rarewood

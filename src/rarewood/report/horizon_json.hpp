#pragma once

#include <string>

#include "rarewood/report/horizon_record.hpp"

namespace rarewood {

/// The record as indented JSON with a final newline. Every key is in
/// docs/reference/horizon-record.md; what could not be computed is null.
std::string horizon_to_json(const HorizonRecord& record);

}  // namespace rarewood

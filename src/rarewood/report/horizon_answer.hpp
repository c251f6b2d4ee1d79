#pragma once

#include "rarewood/report/horizon_record.hpp"

namespace rarewood {

/// Find the first point on each axis, for each population, at which the targets are met by the
/// lower ends of their intervals and flagging everyone is beaten; fills answers and their sentence.
///
/// Points that leak, and points on no axis, are never an answer.
void answer_how_early(HorizonRecord& record);

}  // namespace rarewood

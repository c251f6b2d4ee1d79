#pragma once

#include "rarewood/base/control.hpp"
#include "rarewood/report/promotion.hpp"
#include "rarewood/store/store_options.hpp"
#include "rarewood/table/table_options.hpp"
#include "rarewood/track/track_options.hpp"
#include "rarewood/workflow/promote_options.hpp"

namespace rarewood {

struct PromoteJob {
  PromoteOptions promote;
  StoreOptions store;
  TableOptions text;
  TrackOptions track;
};

/// Judge a challenger and the champion on rows that neither has learnt from, and write the
/// challenger over the champion where it is shown not to be worse: both files or neither. Then the
/// registry's alias, whose failure is a warning. May be run again at any time.
/// \throws Error(external) if the challenger is not there, or somebody else wrote the champion
///         meanwhile; Error(data) for models that cannot be compared, or do not say until when
///         their training rows were
Promotion promote(const PromoteJob& job, const Control& control);

}  // namespace rarewood

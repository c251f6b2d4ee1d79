#pragma once

#include "rarewood/workflow/compare_options.hpp"
#include "rarewood/workflow/train.hpp"

namespace rarewood {

/// All that a comparison is told. Of `job`, learner, balance, table and model come from `compare`.
struct CompareRequest {
  CompareOptions compare;
  TrainRequest job;
};

/// Compare candidates out of fold, choose one, fit it on all training rows and judge it once on the
/// test part; keep the run, its candidates and the chosen model in the journal, and send them where
/// a tracking server is named. The model is saved only where asked for.
/// \return the record: that of the chosen model, with what the comparison came to
RunRecord compare_candidates(const CompareRequest& request, const Say& say, const Control& control);

}  // namespace rarewood

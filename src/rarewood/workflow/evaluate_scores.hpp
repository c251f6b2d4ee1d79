#pragma once

#include "rarewood/base/control.hpp"
#include "rarewood/report/run_record.hpp"
#include "rarewood/store/store_options.hpp"
#include "rarewood/table/table_options.hpp"
#include "rarewood/workflow/evaluate_options.hpp"

namespace rarewood {

/// All that an evaluation is told.
struct EvaluateJob {
  EvaluateOptions evaluate;
  StoreOptions store;
  TableOptions table;
};

/// Judge the scores of any model on rows whose outcome is known.
///
/// Whether the model had seen the rows when it learned cannot be told from scores: that they are of
/// rows it had not seen is the user's word.
/// \throws Error(data) for scores that are none of the scale's, labels or columns that cannot be
///         used; Error(usage) for options that contradict each other
RunRecord evaluate_scores(const EvaluateJob& job, const Control& control);

}  // namespace rarewood

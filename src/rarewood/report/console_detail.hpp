#pragma once

#include <string>
#include <vector>

#include "rarewood/report/console_style.hpp"
#include "rarewood/report/run_record.hpp"

namespace rarewood {

/// The model beside its simple rivals, judged on the same rows, and the verdict.
std::string baselines_text(const ConsoleStyle& style, const RunRecord& record);

/// All rows, out of fold, where the test part holds few positive ones; "" where it holds enough.
std::string all_rows_text(const ConsoleStyle& style, const Slice& all_rows);

/// Groups of rows judged beside all of them; "" where there are none.
std::string slices_text(const ConsoleStyle& style, const RunRecord& record);

/// The contract's targets, each judged by the lower end of its interval; "" where there are none.
std::string targets_text(const ConsoleStyle& style, const RunRecord& record);

/// A bar a feature, the ten most important.
std::string importance_text(const ConsoleStyle& style, const RunRecord& record);

/// Known troubles of this run with their cures; "" where there are none.
std::string diagnoses_text(const ConsoleStyle& style, const RunRecord& record);

}  // namespace rarewood

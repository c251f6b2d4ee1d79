#pragma once

#include <string>
#include <utility>
#include <vector>

#include "rarewood/report/run_record.hpp"
#include "rarewood/workflow/candidates.hpp"
#include "rarewood/workflow/compare_candidates.hpp"

namespace rarewood {

/// Options that decide a candidate's model, by name.
std::vector<std::pair<std::string, std::string>> options_of(const CompareRequest& request,
                                                            const Recipe& recipe);

/// A record for each candidate, in the order of the comparison's: what the journal keeps of it and
/// a tracking server shows as a child run. Its metrics were found out of fold.
/// \param run  the comparison's own record, complete
std::vector<RunRecord> candidate_records(const CompareRequest& request,
                                         const std::vector<Recipe>& recipes, const RunRecord& run);

}  // namespace rarewood

#pragma once

#include <string>

#include "rarewood/feature/training_table.hpp"
#include "rarewood/workflow/loading.hpp"
#include "rarewood/workflow/train.hpp"

namespace rarewood {

/// Name of the test part, equal for runs that judge the same rows.
///
/// Where rows have places of their own (by time, group, hash, column or scikit-learn's draw) it is
/// made of the rows held back: other columns make no other part. A draw on counts takes other rows
/// where the columns are others, so there it is made of the table's content, the options that
/// decide the draw, and the seed.
/// \param fingerprint  of the table's content, as DataFacts has it
std::string name_of_test_part(const TrainingTable& table, const CountedTable& counted,
                              const TrainRequest& request, const std::string& fingerprint);

}  // namespace rarewood

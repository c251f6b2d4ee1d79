#pragma once

#include <string>
#include <utility>
#include <vector>

#include "rarewood/report/run_record.hpp"

namespace rarewood {

/// The parameters every run of the assigned job was tracked with, besides its options:
/// total_samples, train_samples, test_samples, num_features, class_imbalance_ratio (negatives per
/// positive), model_saved_to.
std::vector<std::pair<std::string, std::string>> data_params(const DataFacts& data,
                                                             const std::string& model_saved_to);

}  // namespace rarewood

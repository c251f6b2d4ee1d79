#include "rarewood/report/record_params.hpp"

#include "rarewood/base/text.hpp"

namespace rarewood {

std::vector<std::pair<std::string, std::string>> data_params(const DataFacts& data,
                                                             const std::string& model_saved_to) {
  const auto [negatives, positives] = data.class_rows;
  const double ratio = static_cast<double>(negatives) / static_cast<double>(positives);
  return {{"total_samples", std::to_string(data.rows)},
          {"train_samples", std::to_string(data.train_rows)},
          {"test_samples", std::to_string(data.test_rows)},
          {"num_features", std::to_string(data.features)},
          {"class_imbalance_ratio", fixed(ratio, 4)},
          {"model_saved_to", model_saved_to}};
}

}  // namespace rarewood

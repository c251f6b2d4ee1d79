#include "rarewood/report/record_params.hpp"

#include <gtest/gtest.h>

#include "rarewood/report/record_for_test.hpp"

namespace rarewood {
namespace {

TEST(RecordParams, AreThoseOfTheAssignedJob) {
  const std::vector<std::pair<std::string, std::string>> expected{
      {"total_samples", "472871"},
      {"train_samples", "378296"},
      {"test_samples", "94575"},
      {"num_features", "12"},
      {"class_imbalance_ratio", "13.6341"},
      {"model_saved_to", "s3://models/classification_model.pkl"}};
  EXPECT_EQ(data_params(assigned_job().data, "s3://models/classification_model.pkl"), expected);
}

}  // namespace
}  // namespace rarewood

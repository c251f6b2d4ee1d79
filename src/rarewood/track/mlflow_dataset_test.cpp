#include "rarewood/track/mlflow_dataset.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "rarewood/report/record_for_test.hpp"

namespace rarewood {
namespace {

using Json = nlohmann::json;

RunRecord learned_from(const std::string& table) {
  RunRecord record = assigned_job();
  record.data.table = table;
  record.data.fingerprint = "0123456789abcdef0123456789abcdef0123456789abcdef";
  record.data.columns = {
      {"hits", "number"}, {"mobile", "boolean"}, {"source", "category"}, {"seen", "time"}};
  return record;
}

Json dataset_of(const RunRecord& record) {
  return Json::parse(dataset_input("r1", record)).at("datasets").at(0).at("dataset");
}

TEST(MlflowDataset, IsNamedByItsFileAndItsContent) {
  const DatasetName name = dataset_name(learned_from("s3://processed-data/training_data.parquet"));
  EXPECT_EQ(name.name, "training_data.parquet");
  EXPECT_EQ(name.digest, "0123456789abcdef0123456789abcdef0123");  // MLflow takes 36
  EXPECT_EQ(dataset_name(learned_from("")).name, "table");
}

TEST(MlflowDataset, SaysWhereTheTableLies) {
  const Json there = dataset_of(learned_from("s3://bucket/t.parquet"));
  EXPECT_EQ(there.at("source_type"), "s3");
  EXPECT_EQ(Json::parse(there.at("source").get<std::string>()).at("uri"), "s3://bucket/t.parquet");
  EXPECT_EQ(dataset_of(learned_from("t.csv")).at("source_type"), "local");
}

TEST(MlflowDataset, NamesEveryColumnWithItsTypeAndTheTargetLast) {
  const std::string text = dataset_of(learned_from("t.csv")).at("schema").get<std::string>();
  const Json columns = Json::parse(text).at("mlflow_colspec");
  std::vector<std::string> found;
  for (const Json& column : columns) {
    found.push_back(column.at("name").get<std::string>() + " " +
                    column.at("type").get<std::string>());
  }
  EXPECT_EQ(found, (std::vector<std::string>{"hits double", "mobile boolean", "source string",
                                             "seen datetime", "is_ordered any"}));
}

TEST(MlflowDataset, CountsRowsByPart) {
  const std::string text = dataset_of(learned_from("t.csv")).at("profile").get<std::string>();
  const Json profile = Json::parse(text);
  EXPECT_EQ(profile.at("num_rows"), 472871);
  EXPECT_EQ(profile.at("positive_rows"), 32313);
  EXPECT_EQ(profile.at("train_rows"), 378296);
  EXPECT_EQ(profile.at("test_rows"), 94575);
}

}  // namespace
}  // namespace rarewood

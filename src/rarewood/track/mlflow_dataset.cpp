#include "rarewood/track/mlflow_dataset.hpp"

#include <nlohmann/json.hpp>

namespace rarewood {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kLongestDigest = 36;

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string mlflow_type(const std::string& kind) {
  if (kind == "boolean") return "boolean";
  if (kind == "category") return "string";
  return kind == "time" ? "datetime" : "double";
}

std::string schema_text(const DataFacts& data) {
  Json columns = Json::array();
  for (const ColumnFact& column : data.columns) {
    columns.push_back(
        {{"type", mlflow_type(column.kind)}, {"name", column.name}, {"required", true}});
  }
  columns.push_back({{"type", "any"}, {"name", data.target}, {"required", true}});
  return dumped({{"mlflow_colspec", columns}});
}

std::string profile_text(const DataFacts& data) {
  return dumped({{"num_rows", data.rows},
                 {"positive_rows", data.class_rows[1]},
                 {"train_rows", data.train_rows},
                 {"test_rows", data.test_rows},
                 {"num_features", data.features}});
}

}  // namespace

DatasetName dataset_name(const RunRecord& record) {
  const std::string& table = record.data.table;
  const std::string file = table.substr(table.rfind('/') + 1);
  return {file.empty() ? "table" : file, record.data.fingerprint.substr(0, kLongestDigest)};
}

std::string dataset_input(const std::string& mlflow_run, const RunRecord& record) {
  const DatasetName name = dataset_name(record);
  const bool on_s3 = record.data.table.starts_with("s3://");
  const Json dataset = {{"name", name.name},
                        {"digest", name.digest},
                        {"source_type", on_s3 ? "s3" : "local"},
                        {"source", dumped({{"uri", record.data.table}})},
                        {"schema", schema_text(record.data)},
                        {"profile", profile_text(record.data)}};
  const Json context = {{"key", "mlflow.data.context"}, {"value", "training"}};
  const Json input = {{"tags", Json::array({context})}, {"dataset", dataset}};
  return dumped({{"run_id", mlflow_run}, {"datasets", Json::array({input})}});
}

}  // namespace rarewood

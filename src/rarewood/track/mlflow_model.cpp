#include "rarewood/track/mlflow_model.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "rarewood/base/utc.hpp"
#include "rarewood/store/aws_signature.hpp"
#include "rarewood/track/row_scorer.hpp"

namespace rarewood {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kPython = "3.11.0";

constexpr std::string_view kRequirements =
    "mlflow-skinny>=3\n"
    "numpy\n"
    "onnxruntime>=1.26\n"
    "pandas\n";

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// MLflow's type of a column. "any" takes every type a number or a boolean comes as: its "double"
/// refuses the int64 of pandas, its "long" and "boolean" everything with missing values.
const char* signature_type(FeatureKind kind) {
  switch (kind) {
    case FeatureKind::category: return "string";
    case FeatureKind::time: return "datetime";
    default: return "any";
  }
}

std::string inputs_of(const FeatureSchema& schema) {
  Json columns = Json::array();
  for (const Feature& feature : schema.features) {
    columns.push_back(
        {{"type", signature_type(feature.kind)}, {"name", feature.name}, {"required", true}});
  }
  return dumped(columns);
}

std::string outputs() {
  return dumped({{{"type", "float"}, {"name", "probability"}, {"required", true}},
                 {{"type", "long"}, {"name", "label"}, {"required", true}}});
}

Json example_value(const Feature& feature) {
  switch (feature.kind) {
    case FeatureKind::boolean: return true;
    case FeatureKind::category: return feature.categories.empty() ? "" : feature.categories.front();
    case FeatureKind::time: return "2026-01-01T00:00:00";
    case FeatureKind::number: break;
  }
  return 1.0;
}

Json input_example(const FeatureSchema& schema) {
  Json columns = Json::array();
  Json row = Json::array();
  for (const Feature& feature : schema.features) {
    columns.push_back(feature.name);
    row.push_back(example_value(feature));
  }
  return {{"columns", columns}, {"data", Json::array({row})}};
}

/// A text of YAML between single quotes.
std::string quoted(const std::string& text) {
  std::string yaml = "'";
  for (const char c : text) yaml += c == '\'' ? std::string("''") : std::string(1, c);
  return yaml + "'";
}

/// "2026-11-23 15:09:31.042"
std::string created_at(const RunRecord& record) {
  std::string text = utc_text(record.ended_at_ms);
  text[10] = ' ';
  text.pop_back();
  return text;
}

std::string mlmodel_text(const std::string& data, const FeatureSchema& schema,
                         const RunRecord& record) {
  return "flavors:\n"
         "  onnx:\n"
         "    data: " +
         data +
         "\n"
         "    onnx_version: 1.17.0\n"
         "    providers: [CPUExecutionProvider]\n"
         "  python_function:\n"
         "    code: code\n"
         "    data: " +
         data +
         "\n"
         "    env: {virtualenv: python_env.yaml}\n"
         "    loader_module: rarewood_row_scorer\n"
         "    python_version: " +
         kPython +
         "\n"
         "mlflow_version: " +
         kMlflowFormat +
         "\n"
         "model_uuid: " +
         quoted(record.run_id) +
         "\n"
         "saved_input_example_info:\n"
         "  artifact_path: input_example.json\n"
         "  pandas_orient: split\n"
         "  serving_input_path: serving_input_example.json\n"
         "  type: dataframe\n"
         "signature:\n"
         "  inputs: " +
         quoted(inputs_of(schema)) +
         "\n"
         "  outputs: " +
         quoted(outputs()) +
         "\n"
         "utc_time_created: " +
         quoted(created_at(record)) + "\n";
}

std::string python_env_text() {
  return std::string("python: \"") + kPython +
         "\"\nbuild_dependencies: [pip]\ndependencies: [-r requirements.txt]\n";
}

std::string without_folder(std::string_view path) {
  return std::string(path.substr(path.rfind('/') + 1));
}

}  // namespace

std::vector<Artifact> mlflow_model_folder(const std::string& onnx, const FeatureSchema& schema,
                                          const RunRecord& record) {
  const std::string folder(kModelFolder);
  const Json example = input_example(schema);
  return {
      {std::string(kModelArtifact), onnx},
      {std::string(kMlflowModelArtifact),
       mlmodel_text(without_folder(kModelArtifact), schema, record)},
      {folder + "requirements.txt", std::string(kRequirements)},
      {folder + "python_env.yaml", python_env_text()},
      {folder + "input_example.json", dumped(example)},
      {folder + "serving_input_example.json", dumped({{"dataframe_split", example}})},
      {folder + "code/rarewood_row_scorer.py", std::string(row_scorer_text())},
  };
}

std::string registered_model_name(const std::string& given, const std::string& model) {
  if (given == "none") return "";
  return given.empty() ? without_folder(model) : given;
}

}  // namespace rarewood

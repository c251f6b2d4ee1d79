// Files of every format version so far, kept under test/golden with the scores they gave when they
// were written. They are never made anew: a model saved by any released version must stay readable.

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "rarewood/base/file.hpp"
#include "rarewood/model/metadata.hpp"
#include "rarewood/model/model_file.hpp"
#include "rarewood/model/score.hpp"

namespace rarewood {
namespace {

using Json = nlohmann::json;

float value_of(const Feature& feature, const Json& given) {
  if (given.is_null()) return std::nanf("");
  if (feature.kind != FeatureKind::category) return given.get<float>();
  const auto& known = feature.categories;
  const auto at = std::lower_bound(known.begin(), known.end(), given.get<std::string>());
  return static_cast<float>(at - known.begin());
}

Columns columns_of(const FeatureSchema& schema, const Json& record) {
  Columns columns{record["label"].size(), {}};
  for (std::size_t f = 0; f < schema.features.size(); ++f) {
    const Json& column = record["columns"][f];
    EXPECT_EQ(column["name"], schema.features[f].name);
    auto& values = columns.values.emplace_back();
    for (const Json& given : column["values"]) {
      values.push_back(value_of(schema.features[f], given));
    }
  }
  return columns;
}

/// Check that both files of a version are read and score as they did when they were written.
void expect_scores_as_then(const std::string& name) {
  const Json record = Json::parse(read_file("test/golden/" + name + ".json"));
  for (const char* ending : {".onnx", ".pkl"}) {
    const Model model = model_from_bytes(read_file("test/golden/" + name + ending));
    const Columns columns = columns_of(model.schema, record);
    const Predictions predictions = predict(model, columns, {});
    EXPECT_EQ(predictions.probability, record["probability"].get<std::vector<float>>());
    EXPECT_EQ(predictions.label, record["label"].get<std::vector<std::uint8_t>>());
    EXPECT_EQ(model.schema.prediction_point, "10min");
    EXPECT_EQ(model.provenance.data_fingerprint, "5f0c");
  }
}

void expect_written_byte_for_byte(const std::string& name) {
  const std::string onnx = read_file("test/golden/" + name + ".onnx");
  EXPECT_EQ(model_to_onnx(model_from_bytes(onnx)), onnx);
  EXPECT_EQ(model_to_pickle(onnx), read_file("test/golden/" + name + ".pkl"));
}

TEST(Golden, Version1IsReadAndScoresAsItDid) {
  expect_scores_as_then("model_v1");
  const Model model = model_from_bytes(read_file("test/golden/model_v1.onnx"));
  EXPECT_EQ(trees_of(model).trees(), 5U);
}

TEST(Golden, Version2IsReadAndScoresAsItDid) {
  expect_scores_as_then("model_v2");
  const Model model = model_from_bytes(read_file("test/golden/model_v2.onnx"));
  EXPECT_TRUE(std::holds_alternative<LinearModel>(model.predictor));
}

TEST(Golden, CurrentVersionsAreStillWrittenByteForByte) {
  ASSERT_EQ(kModelFormatVersion, 2) << "keep the files of versions 1 and 2, add one of the new";
  expect_written_byte_for_byte("model_v1");  // trees
  expect_written_byte_for_byte("model_v2");  // linear models
}

}  // namespace
}  // namespace rarewood

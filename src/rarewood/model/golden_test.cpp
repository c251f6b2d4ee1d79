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

TEST(Golden, Version1IsReadAndScoresAsItDid) {
  const std::string onnx = read_file("test/golden/model_v1.onnx");
  const Json record = Json::parse(read_file("test/golden/model_v1.json"));
  for (const std::string& bytes : {onnx, read_file("test/golden/model_v1.pkl")}) {
    const Model model = model_from_bytes(bytes);
    const Columns columns = columns_of(model.schema, record);
    const Predictions predictions = predict(model, columns, {});
    EXPECT_EQ(predictions.probability, record["probability"].get<std::vector<float>>());
    EXPECT_EQ(predictions.label, record["label"].get<std::vector<std::uint8_t>>());
    EXPECT_EQ(model.schema.prediction_point, "10min");
    EXPECT_EQ(model.provenance.data_fingerprint, "5f0c");
    EXPECT_EQ(model.ensemble.trees(), 5U);
  }
}

TEST(Golden, TheCurrentVersionIsStillWrittenByteForByte) {
  ASSERT_EQ(kModelFormatVersion, 1) << "keep the file of version 1, and compare one of the new";
  const std::string onnx = read_file("test/golden/model_v1.onnx");
  EXPECT_EQ(model_to_onnx(model_from_bytes(onnx)), onnx);
  EXPECT_EQ(model_to_pickle(onnx), read_file("test/golden/model_v1.pkl"));
}

}  // namespace
}  // namespace rarewood

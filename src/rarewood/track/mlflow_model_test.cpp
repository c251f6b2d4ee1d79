#include "rarewood/track/mlflow_model.hpp"

#include <algorithm>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "rarewood/report/record_for_test.hpp"

namespace rarewood {
namespace {

using Json = nlohmann::json;

const FeatureSchema kSchema{{{"hits", FeatureKind::number, {}},
                             {"landing_page_/lander-1", FeatureKind::boolean, {}},
                             {"it's", FeatureKind::category, {"ads", "mail"}},
                             {"seen", FeatureKind::time, {}}},
                            {"is_ordered", "0", "1"},
                            "10min"};

std::string file_of(const std::vector<Artifact>& folder, const std::string& name) {
  const auto found = std::ranges::find(folder, name, &Artifact::name);
  return found == folder.end() ? "" : found->bytes;
}

std::vector<Artifact> folder() { return mlflow_model_folder("onnx", kSchema, assigned_job()); }

TEST(MlflowModel, IsAFolderWithTheModelItself) {
  EXPECT_EQ(file_of(folder(), std::string(kModelArtifact)), "onnx");
  for (const Artifact& file : folder()) {
    EXPECT_TRUE(file.name.starts_with(kModelFolder)) << file.name;
    EXPECT_FALSE(file.bytes.empty()) << file.name;
  }
}

TEST(MlflowModel, SignsEachColumnByItsKind) {
  const std::string text = file_of(folder(), std::string(kMlflowModelArtifact));
  for (const char* column : {R"({"type":"any","name":"hits","required":true})",
                             R"({"type":"any","name":"landing_page_/lander-1","required":true})",
                             R"({"type":"string","name":"it''s","required":true})",
                             R"({"type":"datetime","name":"seen","required":true})"}) {
    EXPECT_NE(text.find(column), std::string::npos) << column << "\n" << text;
  }
}

TEST(MlflowModel, ShowsAnExampleWithEveryColumn) {
  const Json example = Json::parse(file_of(folder(), "model/input_example.json"));
  EXPECT_EQ(example.at("columns"),
            Json::parse(R"(["hits", "landing_page_/lander-1", "it's", "seen"])"));
  EXPECT_EQ(example.at("data").at(0), Json::parse(R"([1.0, true, "ads", "2026-01-01T00:00:00"])"));
  const Json serving = Json::parse(file_of(folder(), "model/serving_input_example.json"));
  EXPECT_EQ(serving.at("dataframe_split"), example);
}

TEST(MlflowModel, IsRegisteredUnderTheNameOfItsFile) {
  EXPECT_EQ(registered_model_name("", "models/classification_model"), "classification_model");
  EXPECT_EQ(registered_model_name("shop", "models/classification_model"), "shop");
  EXPECT_EQ(registered_model_name("none", "models/classification_model"), "");
  EXPECT_EQ(registered_model_name("", ""), "");
}

}  // namespace
}  // namespace rarewood

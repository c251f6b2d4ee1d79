// model_probe FOLDER: random models as FOLDER/NAME.onnx and .pkl, and in NAME.json rows for them
// with the program's own scores, for other run times to be compared with.

#include <cmath>
#include <iostream>
#include <string>

#include <nlohmann/json.hpp>

#include "rarewood/base/file.hpp"
#include "rarewood/model/model_file.hpp"
#include "rarewood/model/model_for_test.hpp"
#include "rarewood/model/score.hpp"

namespace {

using Json = nlohmann::json;
using rarewood::Ensemble;

/// A value as people give it: the number, the category's text, or null.
Json given(const rarewood::Feature& feature, float value) {
  if (std::isnan(value)) return nullptr;
  if (feature.kind != rarewood::FeatureKind::category) return value;
  return feature.categories[static_cast<std::size_t>(value)];
}

Json columns_json(const rarewood::FeatureSchema& schema, const rarewood::Columns& columns) {
  Json result = Json::array();
  for (std::size_t f = 0; f < schema.features.size(); ++f) {
    Json values = Json::array();
    for (const float value : columns.values[f]) values.push_back(given(schema.features[f], value));
    result.push_back({{"name", schema.features[f].name},
                      {"category", schema.features[f].kind == rarewood::FeatureKind::category},
                      {"values", std::move(values)}});
  }
  return result;
}

void write_case(const std::string& path, rarewood::ModelForTest& made, std::size_t rows) {
  const rarewood::Columns columns = made.rows(rows);
  std::vector<const float*> pointers;
  for (const auto& column : columns.values) pointers.push_back(column.data());
  const rarewood::Predictions predictions = predict(made.model, columns, {});
  const Json record{{"columns", columns_json(made.model.schema, columns)},
                    {"raw", raw_scores(made.model.predictor, pointers, rows, {})},
                    {"probability", predictions.probability},
                    {"label", predictions.label}};
  const std::string onnx = model_to_onnx(made.model);
  rarewood::write_file_whole(path + ".onnx", onnx);
  rarewood::write_file_whole(path + ".pkl", rarewood::model_to_pickle(onnx));
  rarewood::write_file_whole(path + ".json", record.dump());
}

rarewood::Calibrator many_knots() {
  rarewood::Calibrator map{"platt", {}, {}};
  for (int i = 0; i <= 1000; ++i) {
    const double x = std::pow(i / 1000.0, 3);
    map.x.push_back(static_cast<float>(x));
    map.y.push_back(static_cast<float>(1 / (1 + std::exp(4 - 7 * x))));
  }
  return map;
}

}  // namespace

int main(int count, char** words) {
  if (count != 2) {
    std::cerr << "usage: model_probe FOLDER\n";
    return 2;
  }
  const std::string folder = std::string(words[1]) + "/";
  using Aggregation = Ensemble::Aggregation;
  const std::vector<std::pair<std::string, rarewood::ModelShape>> shapes{
      {"mixed", {}},
      {"forest", {std::vector<std::size_t>(12, 0), 200, 9, Aggregation::average, 2}},
      {"categories", {{2, 31, 33, 500, 7}, 60, 6, Aggregation::average, 3}},
      {"one_leaf", {{0}, 1, 0, Aggregation::average, 4}},
      {"stumps", {{0, 4}, 100, 1, Aggregation::average, 5}},
      {"boosted", {{0, 0, 12}, 150, 5, Aggregation::sum, 6}}};
  const std::vector<std::pair<std::string, rarewood::ModelShape>> linear_shapes{
      {"linear", {{0, 0, 5, 40, 0}, 1, 1, {}, 7}},
      {"linear_numbers", {std::vector<std::size_t>(300, 0), 1, 1, {}, 8}},
      {"linear_category", {{9}, 1, 1, {}, 9}}};
  for (const auto& [name, shape] : shapes) {
    rarewood::ModelForTest made(shape);
    if (shape.trees > 50) made.model.calibrator = many_knots();
    if (name == "stumps") made.model.calibrator = {};
    // Thresholds that rows meet exactly, so that one bit of difference would change a label.
    made.model.threshold.raw_score = made.median_score();
    write_case(folder + name, made, 4000);
  }
  for (const auto& [name, shape] : linear_shapes) {
    rarewood::ModelForTest made(shape);
    made.make_linear();
    made.model.threshold.raw_score = made.median_score();
    write_case(folder + name, made, 4000);
  }
  return 0;
}

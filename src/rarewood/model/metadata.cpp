#include "rarewood/model/metadata.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

#include <nlohmann/json.hpp>

#include "rarewood/base/error.hpp"
#include "rarewood/model/damage.hpp"

namespace rarewood {
namespace {

using Json = nlohmann::ordered_json;

/// Seconds that are still a number in milliseconds.
constexpr std::int64_t kLatestTime = 9'000'000'000'000'000;

void require(bool holds) {
  if (!holds) throw ModelDamage{};
}

// --- numbers: JSON has no infinity ---

Json number_json(double value) {
  if (std::isfinite(value)) return value;
  return value > 0 ? "inf" : "-inf";
}

double number_of(const Json& json) {
  if (!json.is_string()) return json.get<double>();
  const double infinity = std::numeric_limits<double>::infinity();
  return json.get<std::string>() == "inf" ? infinity : -infinity;
}

// --- schema ---

constexpr std::pair<FeatureKind, const char*> kKinds[] = {{FeatureKind::number, "number"},
                                                          {FeatureKind::boolean, "boolean"},
                                                          {FeatureKind::category, "category"},
                                                          {FeatureKind::time, "time"}};

Json feature_json(const Feature& feature) {
  Json json{{"name", feature.name}};
  for (const auto& [kind, word] : kKinds) {
    if (kind == feature.kind) json["kind"] = word;
  }
  if (feature.kind == FeatureKind::category) json["categories"] = feature.categories;
  return json;
}

Feature feature_of(const Json& json) {
  Feature feature{json.at("name").get<std::string>(), FeatureKind::number, {}};
  const auto kind = json.at("kind").get<std::string>();
  const auto* known = std::find_if(std::begin(kKinds), std::end(kKinds),
                                   [&](const auto& pair) { return pair.second == kind; });
  require(known != std::end(kKinds));
  feature.kind = known->first;
  if (feature.kind == FeatureKind::category) {
    feature.categories = json.at("categories").get<std::vector<std::string>>();
    require(std::is_sorted(feature.categories.begin(), feature.categories.end()));
  }
  return feature;
}

Json schema_json(const FeatureSchema& schema) {
  Json features = Json::array();
  for (const Feature& feature : schema.features) features.push_back(feature_json(feature));
  return {{"features", std::move(features)},
          {"target",
           {{"name", schema.target.name},
            {"negative", schema.target.negative},
            {"positive", schema.target.positive}}},
          {"prediction_point", schema.prediction_point}};
}

FeatureSchema schema_of(const Json& json) {
  FeatureSchema schema;
  for (const Json& feature : json.at("features")) schema.features.push_back(feature_of(feature));
  require(!schema.features.empty());
  const Json& target = json.at("target");
  schema.target = {target.at("name").get<std::string>(), target.at("negative").get<std::string>(),
                   target.at("positive").get<std::string>()};
  schema.prediction_point = json.at("prediction_point").get<std::string>();
  return schema;
}

// --- calibrator, threshold ---

Json calibrator_json(const Calibrator& calibrator) {
  return {{"method", calibrator.method}, {"x", calibrator.x}, {"y", calibrator.y}};
}

Calibrator calibrator_of(const Json& json) {
  Calibrator calibrator{json.at("method").get<std::string>(),
                        json.at("x").get<std::vector<float>>(),
                        json.at("y").get<std::vector<float>>()};
  const auto& x = calibrator.x;
  require(x.size() == calibrator.y.size() && x.size() != 1);
  for (std::size_t i = 0; i < x.size(); ++i) {
    require(std::isfinite(x[i]) && std::isfinite(calibrator.y[i]));
    require(i == 0 || (x[i - 1] < x[i] && calibrator.y[i - 1] <= calibrator.y[i]));
  }
  return calibrator;
}

Json threshold_json(const Threshold& threshold) {
  Json json{{"rule", threshold.rule},
            {"probability", number_json(threshold.probability)},
            {"raw_score", number_json(static_cast<double>(threshold.raw_score))}};
  if (threshold.interval) json["interval"] = *threshold.interval;
  return json;
}

Threshold threshold_of(const Json& json) {
  Threshold threshold{json.at("rule").get<std::string>(),
                      number_of(json.at("probability")),
                      static_cast<float>(number_of(json.at("raw_score"))),
                      {}};
  if (json.contains("interval")) {
    threshold.interval = json["interval"].get<std::array<double, 2>>();
  }
  return threshold;
}

// --- predictor, provenance ---

Json ensemble_json(const Ensemble& ensemble) {
  const bool average = ensemble.aggregation == Ensemble::Aggregation::average;
  return {{"aggregation", average ? "average" : "sum"}, {"trees", ensemble.trees()}};
}

Ensemble::Aggregation aggregation_of(const Json& json) {
  const auto word = json.at("aggregation").get<std::string>();
  require(word == "average" || word == "sum");
  return word == "average" ? Ensemble::Aggregation::average : Ensemble::Aggregation::sum;
}

Json term_json(const LinearTerm& term) {
  Json json{{"weight", term.weight}, {"missing", term.missing}, {"deviation", term.deviation}};
  if (!term.by_category.empty()) json["by_category"] = term.by_category;
  return json;
}

Json linear_json(const LinearModel& model) {
  Json terms = Json::array();
  for (const LinearTerm& term : model.terms) terms.push_back(term_json(term));
  return {{"intercept", model.intercept}, {"terms", std::move(terms)}};
}

double weight_of(const Json& json) {
  const auto weight = json.get<double>();
  require(std::abs(weight) <= kLargestWeight);
  return weight;
}

LinearTerm term_of(const Json& json, const Feature& feature) {
  LinearTerm term{weight_of(json.at("weight")),
                  {},
                  weight_of(json.at("missing")),
                  weight_of(json.at("deviation"))};
  if (json.contains("by_category")) {
    for (const Json& weight : json["by_category"]) term.by_category.push_back(weight_of(weight));
  }
  require(term.by_category.size() == feature.categories.size());
  return term;
}

LinearModel linear_of(const Json& json, const FeatureSchema& schema) {
  LinearModel model{weight_of(json.at("intercept")), {}};
  const Json& terms = json.at("terms");
  require(terms.size() == schema.features.size());
  for (std::size_t f = 0; f < terms.size(); ++f) {
    model.terms.push_back(term_of(terms.at(f), schema.features[f]));
  }
  return model;
}

std::pair<std::string, std::string> predictor_entry(const Predictor& predictor) {
  if (const auto* linear = std::get_if<LinearModel>(&predictor)) {
    return {"rarewood.linear", linear_json(*linear).dump()};
  }
  return {"rarewood.ensemble", ensemble_json(std::get<Ensemble>(predictor)).dump()};
}

Json provenance_json(const Provenance& provenance) {
  Json options = Json::object();
  for (const auto& [name, value] : provenance.options) options[name] = value;
  Json json{{"data_fingerprint", provenance.data_fingerprint},
            {"rarewood_version", provenance.rarewood_version},
            {"options", std::move(options)}};
  if (const auto& window = provenance.window) {
    json["window"] = {{"column", window->column}, {"until", window->until}};
  }
  if (provenance.leaks) json["leaks"] = *provenance.leaks;
  if (!provenance.group_column.empty()) json["group_column"] = provenance.group_column;
  return json;
}

Provenance provenance_of(const Json& json) {
  Provenance provenance{json.at("data_fingerprint").get<std::string>(),
                        json.at("rarewood_version").get<std::string>(),
                        {}};
  for (const auto& [name, value] : json.at("options").items()) {
    provenance.options.emplace_back(name, value.get<std::string>());
  }
  if (json.contains("window")) {
    const Json& window = json["window"];
    provenance.window = {window.at("column").get<std::string>(),
                         window.at("until").get<std::int64_t>()};
    require(std::abs(provenance.window->until) <= kLatestTime);
  }
  if (json.contains("leaks")) provenance.leaks = json["leaks"].get<std::vector<std::string>>();
  provenance.group_column = json.value("group_column", "");
  return provenance;
}

Json parsed(const Metadata& metadata, std::string_view key) {
  return Json::parse(entry(metadata, key));
}

}  // namespace

std::string_view entry(const Metadata& metadata, std::string_view key) {
  for (const auto& [name, text] : metadata) {
    if (name == key) return text;
  }
  return {};
}

int format_version_of(const Model& model) {
  return std::holds_alternative<LinearModel>(model.predictor) ? 2 : 1;
}

Metadata to_metadata(const Model& model) {
  try {
    return {{"rarewood.format_version", std::to_string(format_version_of(model))},
            {"rarewood.schema", schema_json(model.schema).dump()},
            predictor_entry(model.predictor),
            {"rarewood.calibrator", calibrator_json(model.calibrator).dump()},
            {"rarewood.threshold", threshold_json(model.threshold).dump()},
            {"rarewood.provenance", provenance_json(model.provenance).dump()}};
  } catch (const nlohmann::json::exception&) {
    throw Error(
        ErrorKind::data,
        "A column name, class label or category is not valid UTF-8 text, so the model cannot be "
        "saved. Convert the table to UTF-8 and train again.");
  }
}

Model from_metadata(const Metadata& metadata) {
  Model model;
  model.schema = schema_of(parsed(metadata, "rarewood.schema"));
  if (!entry(metadata, "rarewood.linear").empty()) {
    model.predictor = linear_of(parsed(metadata, "rarewood.linear"), model.schema);
  } else {
    trees_of(model).aggregation = aggregation_of(parsed(metadata, "rarewood.ensemble"));
  }
  model.calibrator = calibrator_of(parsed(metadata, "rarewood.calibrator"));
  model.threshold = threshold_of(parsed(metadata, "rarewood.threshold"));
  model.provenance = provenance_of(parsed(metadata, "rarewood.provenance"));
  return model;
}

}  // namespace rarewood

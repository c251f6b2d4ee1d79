#include "rarewood/model/expectations_json.hpp"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "rarewood/model/damage.hpp"

namespace rarewood {
namespace {

using Json = nlohmann::ordered_json;

void require(bool holds) {
  if (!holds) throw ModelDamage{};
}

Json bins_json(const BinnedRows& bins) {
  Json json = Json::object();
  if (!bins.upper.empty()) {
    json["lowest"] = bins.lowest;
    json["upper"] = bins.upper;
    json["single"] = bins.single;
  }
  json["rows"] = bins.rows;
  json["missing"] = bins.missing;
  if (bins.effects.known()) {
    json["design_effects"] = {{"missing", bins.effects.missing},
                              {"unseen", bins.effects.unseen},
                              {"drift", bins.effects.drift}};
    json["alone"] = bins.alone;
  }
  return json;
}

double effect_of(const Json& json) {
  const auto effect = json.get<double>();
  require(std::isfinite(effect) && effect >= 1);
  return effect;
}

/// Of a table whose rows came in groups.
void read_effects(const Json& json, BinnedRows& bins) {
  const Json& effects = json.at("design_effects");
  bins.effects = {effect_of(effects.at("missing")), effect_of(effects.at("unseen")),
                  effect_of(effects.at("drift"))};
  bins.alone = json.at("alone").get<std::vector<std::uint32_t>>();
  require(std::ranges::is_sorted(bins.alone));
  require(bins.alone.empty() || bins.alone.back() < bins.rows.size());
}

BinnedRows bins_of(const Json& json) {
  BinnedRows bins;
  if (json.contains("upper")) {
    bins.lowest = json.at("lowest").get<float>();
    bins.upper = json.at("upper").get<std::vector<float>>();
    bins.single = json.at("single").get<bool>();
    require(std::isfinite(bins.lowest));
    require(std::ranges::all_of(bins.upper, [](float value) { return std::isfinite(value); }));
    require(std::ranges::is_sorted(bins.upper));
  }
  bins.rows = json.at("rows").get<std::vector<std::uint64_t>>();
  bins.missing = json.at("missing").get<std::uint64_t>();
  if (json.contains("design_effects")) read_effects(json, bins);
  return bins;
}

/// Counts that add up, of as many bins as there must be.
void check_bins(const BinnedRows& bins, std::size_t expected_bins, std::uint64_t expected_rows) {
  require(bins.rows.size() == expected_bins);
  std::uint64_t left = expected_rows;
  for (const std::uint64_t rows : bins.rows) {
    require(rows <= left);
    left -= rows;
  }
  require(left == bins.missing);
}

}  // namespace

std::string expectations_to_json(const Expectations& expectations) {
  Json json{{"version", kExpectationsVersion},
            {"rows", expectations.rows},
            {"positives", expectations.positives}};
  if (expectations.alike_effect > 0) {
    json["rate_design_effect"] = expectations.rate_effect;
    json["alike_design_effect"] = expectations.alike_effect;
  }
  json["columns"] = Json::array();
  for (const BinnedRows& column : expectations.columns)
    json["columns"].push_back(bins_json(column));
  if (expectations.probabilities) json["probabilities"] = bins_json(*expectations.probabilities);
  return json.dump();
}

std::optional<Expectations> expectations_of_json(std::string_view text,
                                                 const FeatureSchema& schema) {
  const Json json = Json::parse(text);
  if (json.at("version").get<int>() != kExpectationsVersion) return std::nullopt;
  Expectations expectations{json.at("rows").get<std::uint64_t>(),
                            json.at("positives").get<std::uint64_t>(),
                            {},
                            std::nullopt};
  require(expectations.positives <= expectations.rows);
  if (json.contains("alike_design_effect")) {
    expectations.rate_effect = effect_of(json.at("rate_design_effect"));
    expectations.alike_effect = effect_of(json.at("alike_design_effect"));
  }
  const Json& columns = json.at("columns");
  require(columns.size() == schema.features.size());
  for (std::size_t f = 0; f < columns.size(); ++f) {
    expectations.columns.push_back(bins_of(columns.at(f)));
    const BinnedRows& bins = expectations.columns.back();
    const bool is_category = schema.features[f].kind == FeatureKind::category;
    require(!is_category || bins.upper.empty());
    check_bins(bins, is_category ? schema.features[f].categories.size() : bins.upper.size(),
               expectations.rows);
  }
  if (json.contains("probabilities")) {
    expectations.probabilities = bins_of(json["probabilities"]);
    const BinnedRows& bins = *expectations.probabilities;
    std::uint64_t rows = bins.missing;
    for (const std::uint64_t each : bins.rows) rows += each;
    check_bins(bins, bins.upper.size(), rows);
  }
  return expectations;
}

}  // namespace rarewood

#include "rarewood/report/exploration_json.hpp"

#include <nlohmann/json.hpp>

namespace rarewood {
namespace {

using Json = nlohmann::ordered_json;

Json note_json(const ColumnNote& note) {
  Json json{{"name", note.name}, {"type", note.type}, {"role", note.role}};
  if (!note.why.empty()) json["why"] = note.why;
  return json;
}

Json profile_json(const ColumnProfile& profile) {
  Json json{{"column", profile.column},
            {"kind", profile.kind},
            {"distinct", profile.distinct},
            {"missing", profile.missing}};
  if (!profile.median.empty()) {
    json["lowest"] = profile.low;
    json["median"] = profile.median;
    json["highest"] = profile.high;
  }
  json["explained"] = profile.explained;
  if (!profile.members.empty()) json["members"] = profile.members;
  if (!profile.note.empty()) json["note"] = profile.note;
  json["values"] = Json::array();
  for (const ValueRate& each : profile.values) {
    json["values"].push_back(
        {{"value", each.value},
         {"rows", each.rows.rows()},
         {"positives", each.rows.n1},
         {"rate", each.rate},
         {"interval", {{"low", each.interval.low}, {"high", each.interval.high}}},
         {"lift", each.lift}});
  }
  return json;
}

}  // namespace

std::string exploration_to_json(const Exploration& exploration) {
  const DataFacts& data = exploration.data;
  Json json{
      {"table", data.table},
      {"target", data.target},
      {"labels", data.labels},
      {"prediction_point", data.prediction_point},
      {"simulated", data.simulated},
      {"rows", data.rows},
      {"positives", data.class_rows[1]},
      {"base_rate", static_cast<double>(data.class_rows[1]) / static_cast<double>(data.rows)}};
  json["dictionary"] = Json::array();
  for (const ColumnNote& note : exploration.dictionary) {
    json["dictionary"].push_back(note_json(note));
  }
  json["columns"] = Json::array();
  for (const ColumnProfile& profile : exploration.columns) {
    json["columns"].push_back(profile_json(profile));
  }
  json["over_time"] = nullptr;
  if (exploration.over_time) json["over_time"] = profile_json(*exploration.over_time);
  json["warnings"] = exploration.warnings;
  return json.dump(2) + "\n";
}

}  // namespace rarewood

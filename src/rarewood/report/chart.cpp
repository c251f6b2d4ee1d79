#include "rarewood/report/chart.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"

namespace rarewood {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostBars = 20;
constexpr const char* kInk = "#22303c";
constexpr const char* kPaleInk = "#6b7a86";
constexpr const char* kBar = "#2a7f9e";

Json bars_data(const RunRecord& record) {
  Json values = Json::array();
  for (const auto& [feature, importance] : record.importance) {
    if (values.size() == kMostBars) break;
    const double percent = 100 * importance;
    const std::string label = percent > 0 && percent < 0.05 ? "< 0.1 %" : fixed(percent, 1) + " %";
    values.push_back({{"feature", feature}, {"importance", importance}, {"label", label}});
  }
  return values;
}

std::string run_line(const RunRecord& record) {
  std::vector<std::string> facts;
  const std::string run = record.run_name.empty()
                              ? record.run_id.substr(0, 8)
                              : record.run_name + " (" + record.run_id.substr(0, 8) + ")";
  if (!run.empty()) facts.push_back("Run " + run);  // a saved model does not know its run
  if (!record.data.prediction_point.empty())
    facts.push_back("as of " + record.data.prediction_point);
  if (record.data.simulated) facts.push_back("simulated data");
  const std::size_t hidden =
      record.importance.size() - std::min(kMostBars, record.importance.size());
  if (hidden > 0) facts.push_back(std::to_string(hidden) + " smaller ones not shown");
  std::string line;
  for (const std::string& fact : facts) line += (line.empty() ? "" : "  ·  ") + fact;
  return line;
}

Json title(const RunRecord& record) {
  std::string what = record.importance_measure + " in predicting ";
  what.front() = 'S';
  return {{"text", "Feature importance"},
          {"subtitle", {what + record.data.target, run_line(record)}},
          {"anchor", "start"},
          {"frame", "bounds"},
          {"fontSize", 20},
          {"color", kInk},
          {"subtitleFontSize", 13},
          {"subtitleColor", kPaleInk},
          {"subtitleLineHeight", 18},
          {"subtitlePadding", 6},
          {"offset", 18}};
}

Json feature_axis() {
  return {{"field", "feature"},
          {"type", "nominal"},
          {"sort", nullptr},
          {"axis",
           {{"title", nullptr},
            {"domain", false},
            {"ticks", false},
            {"labelFontSize", 13},
            {"labelColor", kInk},
            {"labelPadding", 8},
            {"labelLimit", 260}}}};
}

/// The values stand at the bars, so the axis itself says nothing more. Room is left for the text.
Json importance_axis(const RunRecord& record) {
  const double longest = std::max(record.importance.front().importance, 1e-12);
  return {{"field", "importance"},
          {"type", "quantitative"},
          {"scale", {{"domain", {0, longest}}, {"nice", false}}},
          {"axis", nullptr}};
}

Json layers(const RunRecord& record) {
  const Json bars = {{"type", "bar"}, {"color", kBar}, {"cornerRadiusEnd", 2}, {"height", 17}};
  const Json texts = {{"type", "text"}, {"align", "left"}, {"baseline", "middle"}, {"dx", 6},
                      {"fontSize", 13}, {"color", kInk},   {"clip", false}};
  const Json y = feature_axis();
  const Json x = importance_axis(record);
  return Json::array(
      {{{"mark", bars}, {"encoding", {{"y", y}, {"x", x}}}},
       {{"mark", texts},
        {"encoding", {{"y", y}, {"x", x}, {"text", {{"field", "label"}, {"type", "nominal"}}}}}}});
}

}  // namespace

std::string importance_chart(const RunRecord& record) {
  if (record.importance.empty()) {
    throw Error(ErrorKind::usage,
                "This run has no feature importances to draw. Train a model that has features.");
  }
  Json spec;
  spec["$schema"] = "https://vega.github.io/schema/vega-lite/v6.json";
  spec["background"] = "white";
  spec["padding"] = {{"left", 24}, {"top", 20}, {"right", 72}, {"bottom", 20}};
  spec["title"] = title(record);
  spec["width"] = 460;
  spec["height"] = {{"step", 27}};
  spec["data"] = {{"values", bars_data(record)}};
  spec["layer"] = layers(record);
  spec["config"] = {{"view", {{"stroke", nullptr}}},
                    {"font", "Arial, Liberation Sans, sans-serif"}};
  return spec.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace rarewood

#include "rarewood/report/horizon_chart.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <nlohmann/json.hpp>

#include "rarewood/base/text.hpp"

namespace rarewood {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kInk = "#22303c";
constexpr const char* kPaleInk = "#6b7a86";
constexpr const char* kAllColour = "#2a7f9e";
constexpr const char* kActiveColour = "#d1702a";
constexpr const char* kAllTitle = "all at risk";
constexpr const char* kActiveTitle = "active only";

struct Panel {
  const char* figure;
  const char* title;
  const char* rival;  ///< figure of the dashed line; "" = none
  bool has_target;    ///< a thin line shows it
};

constexpr std::array<Panel, 4> kPanels{
    {{"auc_roc", "AUC", "", true},
     {"average_precision", "Average precision", "base_rate", false},
     {"f1_score", "F1", "f1_flag_all", true},
     {"recall_at_top_10_percent", "All orders in the top 10 %", "", false}}};

bool drawn(const HorizonPoint& point, HorizonAxis axis) {
  return point.axis == axis && point.judged() && !point.leaks;
}

/// A row for each population, point and panel.
Json panel_data(const HorizonRecord& record, HorizonAxis axis, const Panel& panel) {
  Json rows = Json::array();
  for (const HorizonPoint& point : record.points) {
    // At a page everybody has just been active: one line says it.
    const bool again = axis == HorizonAxis::pages && point.population == "active";
    if (!drawn(point, axis) || again) continue;
    const double value = point.figures.at(panel.figure);
    const Interval& interval = point.intervals.at(panel.figure);
    if (!std::isfinite(value)) continue;
    Json row{{"x", point.position},
             {"population", point.population == "active" ? kActiveTitle : kAllTitle},
             {"value", value},
             {"low", interval.low},
             {"high", interval.high}};
    if (*panel.rival != '\0') row["rival"] = point.figures.at(panel.rival);
    rows.push_back(std::move(row));
  }
  return rows;
}

Json colour() {
  return {
      {"field", "population"},
      {"type", "nominal"},
      {"scale", {{"domain", {kAllTitle, kActiveTitle}}, {"range", {kAllColour, kActiveColour}}}},
      {"legend",
       {{"title", nullptr},
        {"orient", "top"},
        {"labelFontSize", 12},
        {"symbolType", "stroke"},
        {"symbolOpacity", 1},
        {"symbolStrokeWidth", 3}}}};
}

Json x_axis(const Json& rows, HorizonAxis axis) {
  const bool pages = axis == HorizonAxis::pages;
  Json ticks = Json::array();
  for (const Json& row : rows) {
    if (std::ranges::find(ticks, row.at("x")) == ticks.end()) ticks.push_back(row.at("x"));
  }
  return {{"field", "x"},
          {"type", "quantitative"},
          {"scale", {{"nice", false}, {"zero", false}, {"padding", 8}}},
          {"axis",
           {{"title", pages ? "at this page" : "minutes into the session"},
            {"values", ticks},
            {"labelOverlap", "greedy"},
            {"format", "~g"},
            {"grid", false}}}};
}

/// 0, but for the AUC: that of chance, or lower where an interval reaches lower.
double bottom(const HorizonRecord& record, const Panel& panel) {
  if (std::string_view(panel.figure) != "auc_roc") return 0;
  double lowest = 0.5;
  for (const HorizonPoint& point : record.points) {
    const bool shown = point.axis != HorizonAxis::none && point.judged();
    if (shown) lowest = std::min(lowest, point.intervals.at(panel.figure).low);
  }
  return std::floor(10 * lowest) / 10;
}

Json y_axis(const HorizonRecord& record, const char* field, const Panel& panel) {
  return {{"field", field},
          {"type", "quantitative"},
          {"scale", {{"domain", {bottom(record, panel), 1.0}}, {"clamp", true}}},
          {"axis", {{"title", panel.title}, {"tickCount", 5}, {"format", ".1f"}}}};
}

Json panel_chart(const HorizonRecord& record, HorizonAxis axis, const Panel& panel) {
  const Json rows = panel_data(record, axis, panel);
  const Json x = x_axis(rows, axis);
  Json low = y_axis(record, "low", panel);
  const Json band{
      {"mark", {{"type", "area"}, {"opacity", 0.22}}},
      {"encoding", {{"x", x}, {"y", low}, {"y2", {{"field", "high"}}}, {"color", colour()}}}};
  const Json line{
      {"mark", {{"type", "line"}, {"strokeWidth", 2}, {"point", {{"size", 28}, {"filled", true}}}}},
      {"encoding", {{"x", x}, {"y", y_axis(record, "value", panel)}, {"color", colour()}}}};
  Json layers = Json::array({band, line});
  if (*panel.rival != '\0') {
    layers.push_back(
        {{"mark", {{"type", "line"}, {"strokeDash", {4, 4}}, {"strokeWidth", 1.3}}},
         {"encoding", {{"x", x}, {"y", y_axis(record, "rival", panel)}, {"color", colour()}}}});
  }
  if (panel.has_target) {
    layers.push_back({{"mark", {{"type", "rule"}, {"color", kPaleInk}, {"strokeWidth", 0.8}}},
                      {"encoding", {{"y", {{"datum", record.targets.at(panel.figure)}}}}}});
  }
  return {{"width", 330}, {"height", 150}, {"data", {{"values", rows}}}, {"layer", layers}};
}

Json title(const HorizonRecord& record) {
  const std::string data = record.run.data.simulated ? "Simulated data, " : "";
  const std::string rows =
      record.judged_on == "test" ? " sessions of the test part" : " sessions, out of fold";
  return {
      {"text", "How early can it be known who will order?"},
      {"subtitle",
       {data + thousands(record.judged_sessions) + rows + ", " + thousands(record.judged_orders) +
            " with an order. " + record.method + ", one model a point.",
        "Bands: 95 % intervals. Dashed: flagging everyone (F1), the base rate (average "
        "precision). Thin: targets."}},
      {"anchor", "start"},
      {"fontSize", 18},
      {"color", kInk},
      {"subtitleFontSize", 12.5},
      {"subtitleColor", kPaleInk},
      {"subtitleLineHeight", 17},
      {"subtitlePadding", 5},
      {"offset", 14}};
}

}  // namespace

std::string horizon_chart(const HorizonRecord& record) {
  std::vector<HorizonAxis> axes;
  for (const HorizonAxis axis : {HorizonAxis::minutes, HorizonAxis::pages}) {
    if (std::ranges::any_of(record.points,
                            [axis](const auto& point) { return drawn(point, axis); })) {
      axes.push_back(axis);
    }
  }
  if (axes.empty()) return "";
  Json rows = Json::array();
  for (const Panel& panel : kPanels) {
    Json columns = Json::array();
    for (const HorizonAxis axis : axes) columns.push_back(panel_chart(record, axis, panel));
    rows.push_back({{"hconcat", columns}});
  }
  Json spec;
  spec["$schema"] = "https://vega.github.io/schema/vega-lite/v6.json";
  spec["background"] = "white";
  spec["padding"] = 20;
  spec["title"] = title(record);
  spec["vconcat"] = rows;
  spec["config"] = {{"view", {{"stroke", nullptr}}},
                    {"font", "Arial, Liberation Sans, sans-serif"},
                    {"axis",
                     {{"labelColor", kInk},
                      {"titleColor", kInk},
                      {"titleFontWeight", "normal"},
                      {"gridColor", "#e6ebef"}}}};
  return spec.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace rarewood

#include "rarewood/report/horizon_chart.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include <nlohmann/json.hpp>

#include "rarewood/base/text.hpp"

namespace rarewood {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kHeight = 120;  ///< of a panel, pixels
constexpr const char* kInk = "#22303c";
constexpr const char* kPaleInk = "#6b7a86";
constexpr const char* kAllColour = "#2a7f9e";
constexpr const char* kActiveColour = "#d1702a";
constexpr const char* kAllTitle = "all at risk";
constexpr const char* kActiveTitle = "active only";

struct Panel {
  const char* figure;
  const char* title;
  const char* rival;  ///< figure of the dotted line; "" = none
  bool has_target;    ///< a thin line shows it
};

constexpr std::array<Panel, 6> kPanels{
    {{"auc_roc", "AUC", "", true},
     {"average_precision", "Average precision", "base_rate", false},
     {"f1_score", "F1", "f1_flag_all", true},
     {"precision", "Precision", "base_rate", true},
     {"recall", "Recall", "", true},
     {"recall_at_top_10_percent", "All orders in the top 10 %", "", false}}};

bool drawn(const HorizonPoint& point, HorizonAxis axis) {
  return point.axis == axis && point.judged() && !point.leaks;
}

Json row_of(const HorizonPoint& point, const Panel& panel) {
  const Interval& interval = point.intervals.at(panel.figure);
  Json row{{"x", point.position},
           {"population", point.population == "active" ? kActiveTitle : kAllTitle},
           {"value", point.figures.at(panel.figure)},
           {"low", interval.low},
           {"high", interval.high}};
  if (*panel.rival != '\0') row["rival"] = point.figures.at(panel.rival);
  return row;
}

/// A row for each population and point. Where all at risk are active one line says it: that of the
/// active begins at the last such point before they part.
Json panel_data(const HorizonRecord& record, HorizonAxis axis, const Panel& panel) {
  Json rows = Json::array();
  Json parting;
  for (std::size_t i = 0; i < record.points.size(); ++i) {
    const HorizonPoint& point = record.points[i];
    if (!drawn(point, axis) || !std::isfinite(point.figures.at(panel.figure))) continue;
    Json row = row_of(point, panel);
    if (point.population == "active" && all_are_active(record.points, i)) {
      parting = std::move(row);
      continue;
    }
    if (point.population == "active" && !parting.is_null()) {
      rows.push_back(std::exchange(parting, nullptr));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

/// Where the answers of the axis lie: each place once.
Json answer_data(const HorizonRecord& record, HorizonAxis axis) {
  std::map<double, std::string> names;
  for (const HorizonAnswer& answer : record.answers) {
    for (const HorizonPoint& point : record.points) {
      if (answer.axis == axis && point.as_of == answer.as_of && point.axis == axis) {
        names[point.position] = "first at " + point.as_of;
      }
    }
  }
  Json rows = Json::array();
  for (const auto& [position, name] : names) rows.push_back({{"x", position}, {"name", name}});
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

/// The active are dashed, so that a line below shows.
Json dashes() {
  return {{"field", "population"},
          {"type", "nominal"},
          {"scale", {{"domain", {kAllTitle, kActiveTitle}}, {"range", {{1, 0}, {5, 4}}}}},
          {"legend", nullptr}};
}

/// An upright line at each answer.
/// \param named  with its name at the foot, on the side where there is room
void add_answers(const Json& answers, const Json& x, bool named, Json& layers) {
  for (const Json& answer : answers) {
    const Json data{{"values", Json::array({answer})}};
    layers.push_back({{"data", data},
                      {"mark", {{"type", "rule"}, {"color", kInk}, {"strokeWidth", 1.2}}},
                      {"encoding", {{"x", x}}}});
    if (!named) continue;
    const Json& ticks = x.at("axis").at("values");
    const double middle = (ticks.front().get<double>() + ticks.back().get<double>()) / 2;
    const bool late = answer.at("x").get<double>() > middle;
    const Json mark{{"type", "text"},
                    {"align", late ? "right" : "left"},
                    {"baseline", "bottom"},
                    {"dx", late ? -4 : 4},
                    {"color", kInk}};
    layers.push_back(
        {{"data", data},
         {"mark", mark},
         {"encoding", {{"x", x}, {"y", {{"value", kHeight - 3}}}, {"text", {{"field", "name"}}}}}});
  }
}

Json panel_chart(const HorizonRecord& record, HorizonAxis axis, const Panel& panel) {
  const Json rows = panel_data(record, axis, panel);
  const Json x = x_axis(rows, axis);
  const Json low = y_axis(record, "low", panel);
  const Json band{
      {"mark", {{"type", "area"}, {"opacity", 0.22}}},
      {"encoding", {{"x", x}, {"y", low}, {"y2", {{"field", "high"}}}, {"color", colour()}}}};
  const Json line{
      {"mark", {{"type", "line"}, {"strokeWidth", 2}, {"point", {{"size", 28}, {"filled", true}}}}},
      {"encoding",
       {{"x", x},
        {"y", y_axis(record, "value", panel)},
        {"color", colour()},
        {"strokeDash", dashes()}}}};
  Json layers = Json::array({band, line});
  if (*panel.rival != '\0') {
    layers.push_back(
        {{"mark", {{"type", "line"}, {"strokeDash", {1.5, 3}}, {"strokeWidth", 1.5}}},
         {"encoding", {{"x", x}, {"y", y_axis(record, "rival", panel)}, {"color", colour()}}}});
  }
  if (panel.has_target) {
    layers.push_back({{"data", {{"values", {{{"target", record.targets.at(panel.figure)}}}}}},
                      {"mark", {{"type", "rule"}, {"color", kPaleInk}, {"strokeWidth", 0.7}}},
                      {"encoding", {{"y", y_axis(record, "target", panel)}}}});
  }
  add_answers(answer_data(record, axis), x, &panel == kPanels.data(), layers);
  return {{"width", 330}, {"height", kHeight}, {"data", {{"values", rows}}}, {"layer", layers}};
}

/// The points that have no figures, in a sentence; "" where all have.
std::string not_judged(const HorizonRecord& record) {
  std::vector<std::string> names;
  for (const HorizonPoint& point : record.points) {
    const bool shown = point.axis != HorizonAxis::none && point.population == "at_risk";
    if (shown && !point.judged()) names.push_back(point.as_of);
  }
  if (names.empty()) return "";
  return " Not drawn, as they could not be judged: " + listed(names) + ".";
}

Json title(const HorizonRecord& record) {
  const std::string data = record.run.data.simulated ? "Simulated data, " : "";
  const std::string rows =
      record.judged_on == "test" ? " sessions of the test part" : " sessions, out of fold";
  return {
      {"text", "How early can it be known who will order?"},
      {"subtitle",
       {data + thousands(record.judged_sessions) + rows + ", " + thousands(record.judged_orders) +
            " with an order. " + record.method + ", one model a point." + not_judged(record),
        "Bands: 95 % intervals. Thin grey: targets. Upright: the first point that meets them "
        "all and beats flagging everyone.",
        "Dotted: flagging everyone (average precision: the base rate). Dashed: the active alone, "
        "from where not all are active."}},
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

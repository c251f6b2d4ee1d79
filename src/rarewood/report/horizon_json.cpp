#include "rarewood/report/horizon_json.hpp"

#include <cmath>

#include <nlohmann/json.hpp>

#include "rarewood/base/utc.hpp"

namespace rarewood {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kFormatVersion = 1;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json interval(const Interval& from) {
  return {{"low", number(from.low)}, {"high", number(from.high)}};
}

Json intervals(const std::map<std::string, Interval>& from) {
  Json made = Json::object();
  for (const auto& [name, one] : from) made[name] = interval(one);
  return made;
}

Json differences(const std::map<std::string, PairedDifference>& from) {
  Json made = Json::object();
  for (const auto& [name, one] : from) {
    made[name] = {{"difference", number(one.value)},
                  {"low", number(one.interval.low)},
                  {"high", number(one.interval.high)}};
  }
  return made;
}

Json reasons(const std::vector<LeftOut>& from) {
  Json made = Json::array();
  for (const LeftOut& one : from) made.push_back({{"reason", one.reason}, {"rows", one.rows}});
  return made;
}

double share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? std::nan("") : static_cast<double>(part) / static_cast<double>(whole);
}

Json point_json(const HorizonPoint& point) {
  Json made;
  made["as_of"] = point.as_of;
  made["population"] = point.population;
  made["leaks"] = point.leaks;
  made["reason"] = text_or_null(point.reason);
  made["at_risk"] = point.at_risk;
  made["positives"] = point.positives;
  made["base_rate"] = number(share(point.positives, point.at_risk));
  made["left_out"] = reasons(point.left_out);
  made["judged_rows"] = point.judged_rows;
  made["judged_positives"] = point.judged_positives;
  made["threshold"] = point.judged() ? number(point.threshold) : Json(nullptr);
  for (const auto& [name, value] : point.figures) {
    if (name != "base_rate") made[name] = number(value);
  }
  made["intervals"] = intervals(point.intervals);
  made["over_flag_all"] = differences(point.over_flag_all);
  made["over_previous"] = differences(point.over_previous);
  made["falls_short"] = point.falls_short;
  made["targets_met"] = point.targets_met;
  made["beats_flag_all"] = point.beats_flag_all;
  return made;
}

Json diagnostic_json(const HorizonPoint& point) {
  Json made{{"as_of", point.as_of},
            {"population", point.population},
            {"knows_the_future", true},
            {"reason", text_or_null(point.reason)},
            {"at_risk", point.at_risk},
            {"positives", point.positives},
            {"base_rate", number(share(point.positives, point.at_risk))}};
  const auto auc = point.figures.find("auc_roc");
  made["auc_roc"] = auc == point.figures.end() ? Json(nullptr) : number(auc->second);
  return made;
}

const char* axis_name(HorizonAxis axis) { return axis == HorizonAxis::pages ? "pages" : "minutes"; }

Json answers_json(const HorizonRecord& record) {
  Json made = Json::array();
  for (const HorizonAnswer& answer : record.answers) {
    made.push_back({{"population", answer.population},
                    {"axis", axis_name(answer.axis)},
                    {"as_of", text_or_null(answer.as_of)}});
  }
  return made;
}

Json alert_json(const HorizonAlert& alert) {
  Json made{{"reason", text_or_null(alert.reason)}, {"looks", Json::array()}};
  for (std::size_t i = 0; i < alert.looks.size(); ++i) {
    made["looks"].push_back({{"as_of", alert.looks[i]}, {"alerts", alert.alerts_by_look[i]}});
  }
  made["threshold"] = number(alert.threshold);
  for (const auto& [name, value] : alert.figures) made[name] = number(value);
  made["intervals"] = intervals(alert.intervals);
  return made;
}

Json data_json(const HorizonRecord& record) {
  return {{"raw", record.raw},
          {"simulated", record.run.data.simulated},
          {"sessions", record.sessions},
          {"decided_sessions", record.decided},
          {"orders", record.orders},
          {"judged_on", record.judged_on},
          {"judged_sessions", record.judged_sessions},
          {"judged_orders", record.judged_orders},
          {"active_within", record.active_within}};
}

}  // namespace

std::string horizon_to_json(const HorizonRecord& record) {
  Json made;
  made["format_version"] = kFormatVersion;
  made["command"] = record.run.command;
  made["run_id"] = record.run.run_id;
  made["started_at"] = utc_text(record.run.started_at_ms);
  made["data"] = data_json(record);
  made["targets"] = record.targets;
  made["answer"] = record.answer;
  made["answers"] = answers_json(record);
  made["points"] = Json::array();
  for (const HorizonPoint& point : record.points) made["points"].push_back(point_json(point));
  made["diagnostics"] = Json::array();
  for (const HorizonPoint& point : record.diagnostics) {
    made["diagnostics"].push_back(diagnostic_json(point));
  }
  made["alert_once"] = record.alert_once ? alert_json(*record.alert_once) : Json(nullptr);
  made["params"] = Json::object();
  for (const auto& [name, value] : record.run.params) made["params"][name] = value;
  made["warnings"] = record.run.warnings;
  made["timings"] = record.run.timings;
  return made.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace rarewood

#include "rarewood/report/health_text.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace rarewood {
namespace {

constexpr std::size_t kWordColumns = 9;
constexpr std::size_t kNameColumns = 22;

std::string verdict_word(HealthVerdict verdict) {
  switch (verdict) {
    case HealthVerdict::well: return "well";
    case HealthVerdict::warned: return "warned";
    case HealthVerdict::failed: return "failed";
    case HealthVerdict::not_tried: return "not tried";
  }
  return "";
}

std::string shown_word(const ConsoleStyle& style, HealthVerdict verdict) {
  switch (verdict) {
    case HealthVerdict::well: return toned(style, Tone::good, padded("ok", kWordColumns));
    case HealthVerdict::warned: return toned(style, Tone::alarm, padded("warning", kWordColumns));
    case HealthVerdict::failed: return toned(style, Tone::bad, padded("FAILED", kWordColumns));
    case HealthVerdict::not_tried: return padded("-", kWordColumns);
  }
  return "";
}

std::string title_of(const std::string& service) {
  if (service == "machine") return "This machine";
  if (service == "store") return "Store";
  if (service == "mlflow") return "MLflow";
  return "Airflow";
}

std::size_t failures(const std::vector<ServiceHealth>& services) {
  return static_cast<std::size_t>(
      std::count_if(services.begin(), services.end(),
                    [](const ServiceHealth& service) { return service.failed(); }));
}

}  // namespace

std::string health_text(const ConsoleStyle& style, const std::vector<ServiceHealth>& services) {
  std::string text;
  for (const ServiceHealth& service : services) {
    text += title_of(service.service) + (service.place.empty() ? "" : " " + service.place) + "\n";
    for (const HealthStep& step : service.steps) {
      const std::string found = step.verdict == HealthVerdict::not_tried ? "not tried" : step.found;
      text += "   " + shown_word(style, step.verdict) + padded(step.name, kNameColumns) + found;
      text += '\n';
    }
    text += '\n';
  }
  const std::size_t failed = failures(services);
  if (failed == 0) return text + "All is well.\n";
  return text + std::to_string(failed) + " of " + std::to_string(services.size()) +
         " do not work; mend the steps that FAILED and try again.\n";
}

std::string health_to_json(const std::vector<ServiceHealth>& services) {
  nlohmann::ordered_json json{{"healthy", failures(services) == 0}};
  json["services"] = nlohmann::ordered_json::array();
  for (const ServiceHealth& service : services) {
    nlohmann::ordered_json steps = nlohmann::ordered_json::array();
    for (const HealthStep& step : service.steps) {
      steps.push_back(
          {{"name", step.name}, {"verdict", verdict_word(step.verdict)}, {"found", step.found}});
    }
    json["services"].push_back(
        {{"service", service.service}, {"place", service.place}, {"steps", steps}});
  }
  return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace rarewood

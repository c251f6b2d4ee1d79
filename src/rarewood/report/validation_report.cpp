#include "rarewood/report/validation_report.hpp"

#include <cmath>
#include <cstdint>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "rarewood/base/text.hpp"

namespace rarewood {
namespace {

using Json = nlohmann::ordered_json;

constexpr double kExact = 9e15;  // whole numbers below it are exact

std::string heading(const ConsoleStyle& style, const ExpectationCheck& check) {
  const bool warns = check.verdict == Verdict::warn;
  const std::string word = warns ? "WARN" : check.verdict == Verdict::fail ? "FAIL" : "ERROR";
  const std::string place = check.column.empty() ? check.check : check.column + ", " + check.check;
  return mark(style, warns ? "❓" : "⚠️ ") +
         toned(style, warns ? Tone::alarm : Tone::bad, word + ": " + place);
}

std::string p_text(double p_value) {
  return p_value < 0.001 ? "p < 0.001" : "p = " + fixed(p_value, 3);
}

std::string check_text(const ConsoleStyle& style, const ExpectationCheck& check) {
  const std::string p = check.figures ? " (" + p_text(check.figures->p_value) + ")" : "";
  return "\n" + heading(style, check) + p + "\n   " + check.what + "\n";
}

constexpr std::size_t kColumnsOneByOne = 3;
constexpr std::size_t kColumnsNamed = 6;

bool is_absent(const ExpectationCheck& check) {
  return check.check == kColumnCheck && check.verdict == Verdict::error &&
         check.observed == std::variant<std::string, double>(std::string(kAbsent));
}

/// "a, b, c, d, e, f and 6 more"
std::string capped_list(const std::vector<std::string>& names) {
  if (names.size() <= kColumnsNamed + 1) return listed(names);
  std::vector<std::string> shown(names.begin(), names.begin() + kColumnsNamed);
  shown.push_back(thousands(names.size() - kColumnsNamed) + " more");
  return listed(shown);
}

/// One for all columns that the table lacks.
ExpectationCheck lacking(const std::vector<std::string>& absent, std::size_t columns) {
  ExpectationCheck check;
  check.check = "columns";
  check.verdict = Verdict::error;
  check.what = fmt::format(
      "The table lacks {} of the model's {} columns ({}): is it the right table, and the right "
      "model?",
      absent.size(), columns, capped_list(absent));
  return check;
}

Json fact_json(const std::variant<std::string, double>& fact) {
  const auto* number = std::get_if<double>(&fact);
  if (number == nullptr) return std::get<std::string>(fact);
  const bool counts = *number == std::floor(*number) && std::abs(*number) < kExact;
  return counts ? Json(static_cast<std::int64_t>(*number)) : Json(*number);
}

Json check_json(const ExpectationCheck& check) {
  Json json{{"check", check.check}};
  json["column"] = check.column.empty() ? Json(nullptr) : Json(check.column);
  json["expected"] = fact_json(check.expected);
  json["observed"] = fact_json(check.observed);
  if (check.figures) {
    const CheckFigures& figures = *check.figures;
    json["interval"] = nullptr;
    if (figures.interval) {
      json["interval"] = {{"low", figures.interval->low}, {"high", figures.interval->high}};
    }
    json["size"] = figures.size;
    json["warns_from"] = figures.warns;
    json["fails_from"] = figures.fails ? Json(*figures.fails) : Json(nullptr);
    json["p_adjusted"] = figures.p_value;
    json["design_effect"] = figures.design_effect;
  }
  json["verdict"] = verdict_word(check.verdict);
  if (!check.what.empty()) json["what"] = check.what;
  return json;
}

}  // namespace

std::vector<ExpectationCheck> checks_to_tell(const Validation& validation) {
  std::vector<std::string> absent;
  std::size_t columns = 0;
  for (const ExpectationCheck& check : validation.checks) {
    columns += check.check == kColumnCheck ? 1 : 0;
    if (is_absent(check)) absent.push_back(check.column);
  }
  const bool merged = absent.size() > kColumnsOneByOne;
  std::vector<ExpectationCheck> told;
  if (merged) told.push_back(lacking(absent, columns));
  for (const ExpectationCheck& check : validation.checks) {
    if (check.verdict != Verdict::ok && !(merged && is_absent(check))) told.push_back(check);
  }
  return told;
}

std::string validation_text(const ConsoleStyle& style, const Validation& validation) {
  const std::string groups = validation.groups == 0
                                 ? ""
                                 : fmt::format(" in {} groups of {}", thousands(validation.groups),
                                               validation.group_column);
  std::string text = fmt::format("{}: {} rows{}, held against {} ({} rows at training)\n",
                                 validation.table, thousands(validation.rows), groups,
                                 validation.model, thousands(validation.training_rows));
  for (const ExpectationCheck& check : checks_to_tell(validation)) text += check_text(style, check);
  const Verdict verdict = validation.verdict();
  const Tone tone = verdict == Verdict::ok     ? Tone::good
                    : verdict == Verdict::warn ? Tone::alarm
                                               : Tone::bad;
  return text + fmt::format("\n{} of {} expectations met\nVerdict: {}\n", validation.met(),
                            validation.checks.size(),
                            toned(style, tone, std::string(verdict_word(verdict))));
}

std::string validation_to_json(const Validation& validation) {
  Json json{{"format_version", kValidationFormatVersion},
            {"verdict", verdict_word(validation.verdict())},
            {"table", validation.table},
            {"model", validation.model},
            {"target", validation.target},
            {"rows", validation.rows},
            {"training_rows", validation.training_rows},
            {"group_column", nullptr},
            {"groups", nullptr},
            {"warnings", Json::array()},
            {"met", validation.met()}};
  if (validation.groups > 0) {
    json["group_column"] = validation.group_column;
    json["groups"] = validation.groups;
  }
  if (!validation.warning.empty()) json["warnings"].push_back(validation.warning);
  json["checks"] = Json::array();
  for (const ExpectationCheck& check : validation.checks)
    json["checks"].push_back(check_json(check));
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string check_sentence(const ExpectationCheck& check) {
  return check.column.empty() ? check.what : check.column + ": " + check.what;
}

}  // namespace rarewood

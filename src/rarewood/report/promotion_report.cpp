#include "rarewood/report/promotion_report.hpp"

#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "rarewood/base/plain_number.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/base/utc.hpp"

namespace rarewood {
namespace {

using Json = nlohmann::ordered_json;

// --- JSON ---

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json moment_json(const std::optional<std::int64_t>& seconds) {
  return seconds ? Json(utc_text(*seconds * 1000)) : Json(nullptr);
}

Json interval_json(const std::optional<Interval>& interval) {
  if (!interval) return nullptr;
  return {{"low", interval->low}, {"high", interval->high}};
}

Json model_json(const JudgedModel& model) {
  Json json{{"model", model.name},
            {"model_id", model.model_id},
            {"trained_until", moment_json(model.trained_until)},
            {"leaks", model.leaks}};
  json["metrics"] = Json::object();
  json["intervals"] = Json::object();
  for (const auto& [name, value] : model.metrics) json["metrics"][name] = number(value);
  for (const auto& [name, range] : model.intervals) json["intervals"][name] = interval_json(range);
  json["calibration"] = nullptr;
  if (const auto& check = model.calibration) {
    json["calibration"] = {{"mean_probability", check->mean_probability},
                           {"rate", check->rate},
                           {"rate_interval", interval_json(check->interval)}};
  }
  return json;
}

Json difference_json(const MarginTest& test) {
  return {{"metric", test.metric},
          {"difference", number(test.difference())},
          {"interval", interval_json(test.interval)},
          {"verdict", verdict_word(test.verdict)},
          {"rows_needed", test.rows_needed ? Json(*test.rows_needed) : Json(nullptr)}};
}

// --- console ---

std::string minute(std::int64_t seconds) {
  std::string text = utc_text(seconds * 1000).substr(0, 16);
  text[10] = ' ';
  return text;
}

std::string model_line(const std::string& title, const JudgedModel& model) {
  const std::string until = model.trained_until
                                ? ", learnt from rows until " + minute(*model.trained_until)
                                : ", of which the training rows' times are not known";
  return fmt::format("{}: {} ({}{})\n", title, model.name, model.model_id, until);
}

std::string rows_line(const Promotion& promotion) {
  if (promotion.table.empty()) return "";
  std::string which = "all rows of ";
  if (promotion.judged_from) {
    which = fmt::format("rows of {} later than {} by {}: ", promotion.table,
                        minute(*promotion.judged_from), promotion.time_column);
  } else {
    which += promotion.table + ": ";
  }
  const std::string groups = promotion.group_column.empty()
                                 ? ""
                                 : fmt::format("; intervals by whole groups of {} ({})",
                                               promotion.group_column, thousands(promotion.groups));
  return fmt::format("Judged on {}{} rows, {} positive{}\n", which, thousands(promotion.rows),
                     thousands(promotion.positives), groups);
}

std::string figure(const JudgedModel& model, const std::string& metric) {
  return number_text(model.metrics.at(metric), 4);
}

std::string signed_text(double value) {
  return std::isfinite(value) ? signed_fixed(value, 4) : "n/a";
}

std::string range_text(const std::optional<Interval>& interval) {
  if (!interval) return "no interval: too few rows";
  return signed_fixed(interval->low, 4) + " to " + signed_fixed(interval->high, 4);
}

std::string calibration_line(const Promotion& promotion) {
  const auto& check = promotion.challenger.calibration;
  if (!check) return "";
  const std::string range = check->interval
                                ? fmt::format(" ({} to {})", fixed(check->interval->low, 4),
                                              fixed(check->interval->high, 4))
                                : "";
  const std::string champion = promotion.champion && promotion.champion->calibration
                                   ? fixed(promotion.champion->calibration->mean_probability, 4)
                                   : "";
  return fmt::format("   {:<18} {:>10} {:>10}   {} of the rows are positive{}\n",
                     "Mean probability", fixed(check->mean_probability, 4), champion,
                     fixed(check->rate, 4), range);
}

std::string figures_text(const Promotion& promotion) {
  if (promotion.challenger.metrics.empty()) return "";
  std::string text = fmt::format(
      "\n   {:<18} {:>10} {:>10}   {}\n", "", "challenger", promotion.champion ? "champion" : "",
      promotion.champion
          ? fmt::format("difference, 95 % interval (margin {})", plain_number(promotion.margin))
          : "");
  text += calibration_line(promotion);
  for (const MarginTest& test : promotion.differences) {
    text += fmt::format("   {:<18} {:>10} {:>10}   {}, {}\n", metric_title(test.metric),
                        figure(promotion.challenger, test.metric),
                        figure(*promotion.champion, test.metric), signed_text(test.difference()),
                        range_text(test.interval));
  }
  return text;
}

std::string decision_text(const ConsoleStyle& style, const Promotion& promotion) {
  const bool promoted = promotion.promoted();
  const std::string word = promotion.outcome == PromotionOutcome::already ? "NOTHING TO DO"
                           : promoted                                     ? "PROMOTED"
                           : promotion.champion                           ? "KEPT"
                                                                          : "NOT PROMOTED";
  const std::string dry = promotion.dry_run ? " (dry run: nothing was written)" : "";
  std::string text = "\n" + toned(style, promoted ? Tone::good : Tone::alarm, word) + dry + ": " +
                     promotion.reason + "\n";
  if (!promotion.written.empty()) text += "Champion written to " + promotion.written + "\n";
  if (!promotion.alias_version.empty()) {
    text += "MLflow's alias champion points to version " + promotion.alias_version + "\n";
  }
  return text;
}

}  // namespace

const char* outcome_word(PromotionOutcome outcome) {
  switch (outcome) {
    case PromotionOutcome::already: return "already";
    case PromotionOutcome::first: return "first";
    case PromotionOutcome::not_worse: return "not_worse";
    case PromotionOutcome::leaks: return "leaks";
    case PromotionOutcome::not_calibrated: return "not_calibrated";
    case PromotionOutcome::worse: return "worse";
    case PromotionOutcome::not_shown: break;
  }
  return "not_shown";
}

std::string promotion_text(const ConsoleStyle& style, const Promotion& promotion) {
  std::string text = model_line("Challenger", promotion.challenger);
  text += promotion.champion ? model_line("Champion", *promotion.champion)
                             : std::string("Champion: none yet\n");
  return text + rows_line(promotion) + figures_text(promotion) + decision_text(style, promotion);
}

std::string promotion_to_json(const Promotion& promotion) {
  Json json{{"format_version", kPromotionFormatVersion},
            {"promoted", promotion.promoted() && !promotion.dry_run},
            {"outcome", outcome_word(promotion.outcome)},
            {"reason", promotion.reason},
            {"dry_run", promotion.dry_run},
            {"margin", promotion.margin},
            {"calibration_tolerance", promotion.tolerance},
            {"table", text_or_null(promotion.table)},
            {"time_column", text_or_null(promotion.time_column)},
            {"judged_after", moment_json(promotion.judged_from)},
            {"rows", promotion.rows},
            {"positives", promotion.positives},
            {"rows_within_windows", promotion.rows_within_windows},
            {"group_column", text_or_null(promotion.group_column)},
            {"groups", promotion.groups},
            {"challenger", model_json(promotion.challenger)}};
  json["champion"] = promotion.champion ? model_json(*promotion.champion) : Json(nullptr);
  json["differences"] = Json::array();
  for (const MarginTest& test : promotion.differences) {
    json["differences"].push_back(difference_json(test));
  }
  json["written"] = text_or_null(promotion.written);
  json["alias_version"] = text_or_null(promotion.alias_version);
  json["warnings"] = promotion.warnings;
  return json.dump(2) + "\n";
}

}  // namespace rarewood

#include "rarewood/evaluate/threshold_rule.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"

namespace rarewood {
namespace {

using Kind = ThresholdRule::Kind;

/// A rule of the form "name:value".
struct ValuedRule {
  Kind kind;
  const char* name;
  double lowest;  ///< excluded
  double highest;
  bool highest_allowed;
  const char* range;
};

constexpr std::array<ValuedRule, 6> kValued{{
    {Kind::f_beta, "fbeta", 0, 1000, true, "a beta above 0, such as fbeta:2"},
    {Kind::net_benefit, "net_benefit", 0, 1, false, "a probability, such as net_benefit:0.1"},
    {Kind::recall, "recall", 0, 1, true, "a share above 0 and at most 1, such as recall:0.8"},
    {Kind::precision, "precision", 0, 1, true,
     "a share above 0 and at most 1, such as precision:0.3"},
    {Kind::top, "top", 0, 1, true, "a share of the rows, such as top:0.1"},
    {Kind::per_day, "per_day", 0, 1e15, true, "a number of rows above 0, such as per_day:200"},
}};

[[noreturn]] void refuse(const std::string& text) {
  throw Error(ErrorKind::usage,
              "--threshold must be f1 or another rule (fbeta:B, cost, net_benefit:P, recall:R, "
              "precision:P, top:SHARE, per_day:ROWS) or a probability between 0 and 1, not '" +
                  text + "'." + did_you_mean(text, threshold_words()));
}

ThresholdRule fixed_rule(const std::string& text) {
  const auto probability = parse_double(text);
  if (!probability || *probability <= 0 || *probability >= 1) refuse(text);
  return {Kind::fixed, *probability, {}, text};
}

ThresholdRule valued_rule(const std::string& text, std::size_t colon) {
  const std::string name = text.substr(0, colon);
  const auto* const rule = std::find_if(kValued.begin(), kValued.end(),
                                        [&](const ValuedRule& each) { return each.name == name; });
  if (rule == kValued.end()) refuse(text);
  const auto value = parse_double(text.substr(colon + 1));
  const bool in_range =
      value && *value > rule->lowest &&
      (*value < rule->highest || (rule->highest_allowed && *value == rule->highest));
  if (!in_range) {
    throw Error(ErrorKind::usage, "--threshold " + name + ": needs " + rule->range + ", not '" +
                                      text.substr(colon + 1) + "'.");
  }
  return {rule->kind, *value, {}, text};
}

ThresholdRule cost_rule(const std::optional<DecisionCosts>& costs) {
  const bool known = costs && (costs->own_false_positive || costs->negative_loss() > 0) &&
                     (costs->own_false_negative || costs->positive_gain() > 0);
  if (!known) {
    throw Error(ErrorKind::usage,
                "--threshold cost needs to know what errors cost: give --cost-false-positive and "
                "--cost-false-negative, both above 0, or columns of each row's cost with "
                "--cost-false-positive-column and --cost-false-negative-column.");
  }
  return {Kind::cost, 0, *costs, "cost"};
}

ThresholdRule rule_of(const std::string& text) {
  if (text == "f1") return {};
  const std::size_t colon = text.find(':');
  return colon == std::string::npos ? fixed_rule(text) : valued_rule(text, colon);
}

}  // namespace

std::vector<std::string> threshold_words() {
  std::vector<std::string> words{"f1", "cost"};
  for (const ValuedRule& rule : kValued) words.push_back(std::string(rule.name) + ":");
  return words;
}

ThresholdRule parse_threshold_rule(const std::string& text,
                                   const std::optional<DecisionCosts>& costs) {
  if (text == "cost") return cost_rule(costs);
  ThresholdRule rule = rule_of(text);
  if (costs) {
    throw Error(ErrorKind::usage, "Costs and benefits go with --threshold cost, not with '" + text +
                                      "'. Say that too, or leave them out.");
  }
  return rule;
}

ThresholdRule with_rows_per_day(ThresholdRule rule, double rows_per_day) {
  if (rule.kind != Kind::per_day) return rule;
  if (!(rows_per_day > 0)) {
    throw Error(ErrorKind::usage,
                "--threshold " + rule.text +
                    " needs to know when the rows were: name a column of dates with --split time "
                    "--time-column, or give a share of the rows such as top:0.05.");
  }
  rule.kind = Kind::top;
  rule.value = std::min(1.0, rule.value / rows_per_day);
  return rule;
}

std::string figure_name(const ThresholdRule& rule) {
  switch (rule.kind) {
    case Kind::f_beta: return rule.value == 1 ? "f1_score" : "f_beta";
    case Kind::cost: return "cost";
    case Kind::net_benefit: return "net_benefit";
    case Kind::recall: return "recall";
    case Kind::precision: return "precision";
    case Kind::top:
    case Kind::per_day: return "flag_rate";
    case Kind::fixed: break;
  }
  return "";
}

ThresholdRule judging_rule(const ThresholdRule& rule) {
  switch (rule.kind) {
    case Kind::f_beta:
    case Kind::cost:
    case Kind::net_benefit: return rule;
    case Kind::recall: return {Kind::precision, rule.value, {}, rule.text};
    case Kind::precision:
    case Kind::top:
    case Kind::per_day: return {Kind::recall, rule.value, {}, rule.text};
    case Kind::fixed: break;
  }
  return {};
}

std::string figure_words(const ThresholdRule& rule) {
  switch (rule.kind) {
    case Kind::f_beta: return "F" + shortest(rule.value);
    case Kind::cost: return "cost of a row";
    case Kind::net_benefit: return "net benefit of a row";
    case Kind::recall: return "recall";
    case Kind::precision: return "precision";
    case Kind::top:
    case Kind::per_day: return "share of rows flagged";
    case Kind::fixed: break;
  }
  return "";
}

bool higher_is_better(const ThresholdRule& rule) { return rule.kind != Kind::cost; }

std::string rule_words(const ThresholdRule& rule) {
  const std::string value = shortest(rule.value);
  switch (rule.kind) {
    case Kind::f_beta: return rule.value == 1 ? "best F1" : "best F" + value;
    case Kind::cost: return "lowest cost";
    case Kind::net_benefit: return "best net benefit at " + value;
    case Kind::recall: return "recall of at least " + value;
    case Kind::precision: return "precision of at least " + value;
    case Kind::top: return "the likeliest " + fixed(100 * rule.value, 2) + " % of rows";
    case Kind::per_day: return "the likeliest " + value + " rows a day";
    case Kind::fixed: break;
  }
  return "fixed";
}

}  // namespace rarewood

#include "rarewood/report/threshold_text.hpp"

#include <cmath>

#include "rarewood/base/text.hpp"
#include "rarewood/report/console_style.hpp"

namespace rarewood {
namespace {

std::string figure_title(const std::string& figure) {
  if (figure == "f_beta") return "F-beta";
  if (figure == "cost") return "Cost of a row";
  if (figure == "net_benefit") return "Net benefit of a row";
  if (figure == "flag_rate") return "Share of rows flagged";
  return figure == "recall" ? "Recall" : "Precision";
}

/// F1 stands in the table of metrics already.
std::string figure_line(const ThresholdFacts& facts) {
  if (facts.figure.empty() || facts.figure == "f1_score") return "";
  const std::string wanted =
      std::isfinite(facts.wanted) ? "asked for " + number_text(facts.wanted, 4) + ", " : "";
  return "   " + figure_title(facts.figure) + ": " + wanted + number_text(facts.out_of_fold, 4) +
         " out of fold, " + number_text(facts.test, 4) + " on the test rows (" +
         range_text(facts.test_interval, 4) + ")\n";
}

/// Of costs and benefits: what it takes no model to have.
std::string without_model_line(const ThresholdFacts& facts) {
  if (!std::isfinite(facts.nobody)) return "";
  return "   Out of fold, flagging everyone: " + number_text(facts.everyone, 4) +
         ", flagging nobody: " + number_text(facts.nobody, 4) + "\n";
}

std::string threshold_line(const ThresholdFacts& facts) {
  const std::string words = facts.words + " on out-of-fold scores)\n";
  if (facts.probability > 1) return "   Best threshold: above every score (" + words;
  return "   Best threshold: " + number_text(facts.probability, 3) + " (" +
         range_text(facts.interval, 3) + "; " + words;
}

}  // namespace

std::string threshold_text(const RunRecord& record) {
  const ThresholdFacts& facts = record.threshold;
  if (facts.rule.empty()) return "";
  if (facts.figure.empty()) {
    const bool given = parse_double(facts.rule).has_value();
    return "   Threshold: " + number_text(facts.probability, 3) +
           (given ? " (fixed)\n" : " (by the column '" + facts.rule + "')\n");
  }
  return threshold_line(facts) + figure_line(facts) + without_model_line(facts);
}

}  // namespace rarewood

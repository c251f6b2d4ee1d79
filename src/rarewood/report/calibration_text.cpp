#include "rarewood/report/calibration_text.hpp"

#include <cmath>

#include <fmt/format.h>

#include "rarewood/base/text.hpp"

namespace rarewood {
namespace {

std::string line(const std::string& title, const std::string& before, const std::string& after,
                 const std::string& interval, const std::string& right) {
  return fmt::format("   {:<20} {:>8} {:>8}   {:<18}   {}\n", title, before, after, interval,
                     right);
}

std::string figure_line(const std::string& title, const Figure& before, const Figure& after,
                        const std::string& right) {
  const bool none = std::isnan(before.value);  // of scores as given
  return line(title, none ? "" : number_text(before.value, 4), number_text(after.value, 4),
              range_text(after.interval, 4), right);
}

std::string method_words(const CalibrationFacts& facts) {
  if (facts.method == "given") return "probabilities as given";
  if (facts.method == "none") return "probabilities as the learner says";
  if (facts.method == "constant") return "the base rate for all, as scores do not rank";
  return facts.method;
}

std::string caption(const CalibrationFacts& facts) {
  return method_words(facts) + (facts.trials.empty() ? "" : ", chosen out of fold");
}

}  // namespace

std::string calibration_text(const ConsoleStyle& style, const RunRecord& record) {
  const CalibrationFacts& facts = record.calibration;
  if (facts.curve.empty()) return "";
  const bool given = facts.method == "given";
  const auto& [before, after] = std::pair(facts.before, facts.after);
  std::string text = "\n" + mark(style, "📐") + "Calibration on the " +
                     (given ? "rows (" : "test rows (") + caption(facts) +
                     (record.data.simulated ? "; simulated):\n" : "):\n");
  text += line("", given ? "" : "before", given ? "value" : "after", "95 % interval", "right");
  const std::string observed = number_text(after.prevalence.value, 4) + " (" +
                               range_text(after.prevalence.interval, 4) + ")";
  text += line("Mean probability", given ? "" : number_text(before.mean_probability, 4),
               number_text(after.mean_probability, 4), "", observed);
  text += figure_line("In the large", before.in_the_large, after.in_the_large, "0");
  text += figure_line("Slope", before.slope, after.slope, "1");
  text += figure_line("Brier score", before.brier, after.brier, "low");
  text += figure_line(fmt::format("ECE, {} bins", facts.curve.size()), before.ece, after.ece, "0");
  return text;
}

}  // namespace rarewood

#include "rarewood/workflow/promotion_decision.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "rarewood/base/plain_number.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/evaluate/influence.hpp"
#include "rarewood/evaluate/interval.hpp"

namespace rarewood {
namespace {

std::string mean_words(const JudgedModel& model) {
  const MeanCheck& check = *model.calibration;
  return fmt::format("mean probability {}, but {} of the rows are positive ({} to {})",
                     fixed(check.mean_probability, 4), fixed(check.rate, 4),
                     fixed(check.interval->low, 4), fixed(check.interval->high, 4));
}

bool is_off(const JudgedModel& model, double tolerance) {
  return model.calibration && model.calibration->off_by(tolerance);
}

std::string off_sentence(const Promotion& promotion) {
  std::string text =
      "The challenger's probabilities are off: " + mean_words(promotion.challenger) + ".";
  if (promotion.champion && is_off(*promotion.champion, promotion.tolerance)) {
    text += " So are the champion's: " + mean_words(*promotion.champion) +
            ". Train on rows that are more like these.";
  }
  return text;
}

/// "10 %"
std::string percent_words(double share) {
  const double hundredths = std::round(1e6 * share) / 1e4;  // 0.07 is no 7.000000000000001 %
  return plain_number(hundredths) + " %";
}

/// "0.0312 lower"
std::string amount_words(double difference) {
  return fixed(std::abs(difference), 4) + (difference < 0 ? " lower" : " higher");
}

/// "0.0250 to 0.0380 lower", "0.0140 lower to 0.0100 higher"
std::string range_words(const Interval& range) {
  if ((range.low < 0) != (range.high < 0)) {
    return amount_words(range.low) + " to " + amount_words(range.high);
  }
  const double nearer = range.low < 0 ? -range.high : range.low;
  return fixed(nearer, 4) + " to " + amount_words(range.low < 0 ? range.low : range.high);
}

/// "its AUC is 0.0312 lower (0.0250 to 0.0380 lower)"
std::string difference_words(const MarginTest& test) {
  return "its " + test.title + " is " + amount_words(test.difference()) + " (" +
         range_words(*test.interval) + ")";
}

std::string differences_of(const Promotion& promotion, MarginVerdict verdict) {
  std::vector<std::string> words;
  for (const MarginTest& test : promotion.differences) {
    if (test.verdict == verdict) words.push_back(difference_words(test));
  }
  return listed(words);
}

bool any(const Promotion& promotion, MarginVerdict verdict) {
  return std::ranges::any_of(promotion.differences,
                             [&](const MarginTest& test) { return test.verdict == verdict; });
}

bool all(const Promotion& promotion, MarginVerdict verdict) {
  return std::ranges::all_of(promotion.differences,
                             [&](const MarginTest& test) { return test.verdict == verdict; });
}

/// How many rows more it would roughly take.
std::string wanted_sentence(const Promotion& promotion) {
  std::uint64_t needed = 0;
  for (const MarginTest& test : promotion.differences) {
    if (test.verdict == MarginVerdict::not_worse || !test.rows_needed) continue;
    needed = std::max(needed, *test.rows_needed);
  }
  if (needed == 0) return "";
  if (needed <= promotion.rows) {
    return " If both were equally good, these rows would mostly do: more may not help.";
  }
  const std::string more = thousands(needed - promotion.rows);
  if (any(promotion, MarginVerdict::too_few)) {
    return " About " + more + " rows more are needed to judge at all.";
  }
  return " If both are equally good, about " + more + " rows more would mostly show it.";
}

std::string too_few_sentence(const Promotion& promotion) {
  const std::uint64_t rarer = std::min(promotion.positives, promotion.rows - promotion.positives);
  if (rarer < kFewestForIntervals) {
    return fmt::format(
        "{} rows with {} positive are too few to judge by: {} of each class are the "
        "least.",
        thousands(promotion.rows), thousands(promotion.positives), thousands(kFewestForIntervals));
  }
  if (!promotion.group_column.empty() && promotion.groups < kFewestBlocks) {
    return fmt::format("The rows are of {} groups of {}: too few to judge by.",
                       thousands(promotion.groups), promotion.group_column);
  }
  return "The rows do not show how sure the differences are.";
}

std::string open_sentence(const Promotion& promotion) {
  return fmt::format(
      "{} rows with {} positive do not show that the challenger is not worse by more "
      "than the margin of {}: {}.",
      thousands(promotion.rows), thousands(promotion.positives), plain_number(promotion.margin),
      differences_of(promotion, MarginVerdict::open));
}

void decide_without_champion(Promotion& promotion, const std::string& unjudged) {
  promotion.outcome = PromotionOutcome::first;
  promotion.reason = "There is no champion yet. ";
  if (!unjudged.empty()) {
    promotion.reason += "The challenger was not judged: " + unjudged;
  } else if (promotion.tolerance > 0) {
    promotion.reason += "The challenger's probabilities are not shown to be off by more than " +
                        percent_words(promotion.tolerance) + ".";
  } else {
    promotion.reason += "The challenger's probabilities are not shown to be off.";
  }
}

/// Within the margin, but beyond chance.
std::string slightly_worse_sentence(const Promotion& promotion) {
  std::vector<std::string> titles;
  for (const MarginTest& test : promotion.differences) {
    const bool lost = test.metric == "auc_roc" ? test.interval->high < 0 : test.interval->low > 0;
    if (lost) titles.push_back(test.title);
  }
  if (titles.empty()) return "";
  return " By less than that it is shown to be worse in " + listed(titles) + ".";
}

void decide_by_differences(Promotion& promotion) {
  const std::string margin = plain_number(promotion.margin);
  if (any(promotion, MarginVerdict::worse)) {
    promotion.outcome = PromotionOutcome::worse;
    promotion.reason = "The challenger is worse by more than the margin of " + margin + ": " +
                       differences_of(promotion, MarginVerdict::worse) + ".";
  } else if (all(promotion, MarginVerdict::not_worse)) {
    promotion.outcome = PromotionOutcome::not_worse;
    promotion.reason = "The challenger is not worse by more than the margin of " + margin + ": " +
                       differences_of(promotion, MarginVerdict::not_worse) + "." +
                       slightly_worse_sentence(promotion);
  } else {
    const bool few = any(promotion, MarginVerdict::too_few);
    promotion.outcome = PromotionOutcome::not_shown;
    promotion.reason =
        (few ? too_few_sentence(promotion) : open_sentence(promotion)) + wanted_sentence(promotion);
  }
}

}  // namespace

void decide_promotion(Promotion& promotion, const std::string& unjudged) {
  if (is_off(promotion.challenger, promotion.tolerance)) {
    promotion.outcome = PromotionOutcome::not_calibrated;
    promotion.reason = off_sentence(promotion);
  } else if (!promotion.champion) {
    decide_without_champion(promotion, unjudged);
  } else if (!unjudged.empty()) {
    promotion.outcome = PromotionOutcome::not_shown;
    promotion.reason = unjudged;
  } else {
    decide_by_differences(promotion);
  }
}

void keep_for_leak(Promotion& promotion) {
  promotion.outcome = PromotionOutcome::leaks;
  const std::string champion =
      promotion.champion ? ", and the champion has none: its figures" : ": its figures";
  promotion.reason = "The challenger has a proved leak (" + listed(promotion.challenger.leaks) +
                     ")" + champion + " say nothing. Train it again without what leaks.";
}

}  // namespace rarewood

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rarewood/evaluate/judgement.hpp"
#include "rarewood/evaluate/paired.hpp"

namespace rarewood {

/// What the rows say of a margin.
enum class MarginVerdict {
  too_few,    ///< there is no interval: too few rows of a class, or too few groups
  not_worse,  ///< the interval lies within the margin
  worse,      ///< the interval lies beyond the margin
  open,       ///< the interval reaches over the margin: a good model may have been unlucky
};

/// "not_worse", ...
const char* verdict_word(MarginVerdict verdict);

/// A challenger's metric less a champion's, held against a margin.
struct MarginTest {
  std::string metric;  ///< "auc_roc", "log_loss"
  std::string title;   ///< "AUC", "log loss"
  double challenger = 0;
  double champion = 0;
  std::optional<Interval> interval;  ///< of the difference, 95 %, paired
  MarginVerdict verdict = MarginVerdict::too_few;
  /// Rows of this kind on which two models that are equally good would be shown to be so in four
  /// cases of five; nothing where it cannot be told.
  std::optional<std::uint64_t> rows_needed;

  double difference() const { return challenger - champion; }
};

/// AUC (higher is better) and log loss (lower is better), each against the same margin.
///
/// A metric is shown not to be worse where the end of its 95 % interval on the bad side lies within
/// the margin: a one-sided test at 2.5 %. Both must be shown, so that no adjustment is needed: a
/// model that is worse by the margin in either passes at most once in forty times.
/// \param pair  the challenger and the champion
/// \source Berger 1982, intersection-union tests; Blackwelder 1982, non-inferiority
std::vector<MarginTest> test_margin(const Pair& pair, double margin);

/// A model's mean probability against the share of positive rows.
struct MeanCheck {
  double mean_probability = 0;
  double rate = 0;
  std::optional<Interval> interval;  ///< of the rate, 95 %; nothing of too few groups

  /// The interval lies wholly off the mean probability, by more than this share of it.
  bool off_by(double tolerance) const;
};

MeanCheck check_mean(const Said& said, const EntryBlocks& blocks);

}  // namespace rarewood

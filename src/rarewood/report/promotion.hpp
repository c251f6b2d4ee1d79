#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "rarewood/evaluate/judgement.hpp"
#include "rarewood/evaluate/non_inferiority.hpp"

namespace rarewood {

/// Why a challenger was promoted or the champion kept.
enum class PromotionOutcome {
  already,         ///< the challenger is the champion
  first,           ///< there is no champion yet
  not_worse,       ///< shown not to be worse by the margin
  leaks,           ///< not promoted: the challenger has a proved leak; the champion, if any, not
  not_calibrated,  ///< kept: the challenger's probabilities are shown to be off
  worse,           ///< kept: shown to be worse by more than the margin
  not_shown,       ///< kept: the rows do not show it
};

/// One of the two models as it was judged.
struct JudgedModel {
  std::string name;  ///< path or URI
  std::string model_id;
  std::optional<std::int64_t> trained_until;  ///< seconds since 1970 UTC
  std::map<std::string, double> metrics;      ///< empty where nothing was judged
  std::map<std::string, Interval> intervals;  ///< those that are known
  std::optional<MeanCheck> calibration;
  std::vector<std::string> leaks = {};  ///< features proved to give the answer away
};

/// All that a promotion was decided by, as plain data.
struct Promotion {
  PromotionOutcome outcome = PromotionOutcome::not_shown;
  std::string reason;  ///< sentences
  bool dry_run = false;
  double margin = 0;
  double tolerance = 0;  ///< of the mean probability, as a share of it

  std::string table;
  std::string time_column;                  ///< "" = all rows
  std::optional<std::int64_t> judged_from;  ///< rows after this moment; seconds since 1970 UTC
  std::uint64_t rows = 0;
  std::uint64_t positives = 0;
  std::uint64_t rows_within_windows = 0;  ///< of them; 0 where times are not known
  std::string group_column;               ///< "" = rows are independent
  std::uint64_t groups = 0;

  JudgedModel challenger;
  std::optional<JudgedModel> champion;  ///< as it was before
  std::vector<MarginTest> differences;
  std::string written;        ///< where the champion is now; "" = nothing was written
  std::string alias_version;  ///< of the registry, that `champion` points to; "" = not set
  std::vector<std::string> warnings;

  /// The challenger is the champion now, or would be but for the dry run.
  bool promoted() const {
    return outcome == PromotionOutcome::already || outcome == PromotionOutcome::first ||
           outcome == PromotionOutcome::not_worse;
  }
};

}  // namespace rarewood

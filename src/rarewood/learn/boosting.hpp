#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>

#include "rarewood/learn/early_stopping.hpp"
#include "rarewood/learn/learner.hpp"
#include "rarewood/learn/weighted_rows.hpp"

namespace rarewood {

/// A thing a library made for us, with the library's own function that frees it.
using LibraryHandle = std::unique_ptr<void, int (*)(void*)>;

/// A library's side of one fit: its tables and the trees so far.
struct Booster {
  /// Add the tree of this round.
  /// \return false if no split was left to make: further rounds would change nothing
  std::function<bool(int round)> update;
  /// The metric on the rows watched, after this round.
  std::function<double(int round)> evaluate;
  /// The model in the library's own form.
  std::function<std::string()> save;
};

/// A fit whose functions go by these names.
template <typename Fit>
Booster booster_of(const std::shared_ptr<Fit>& fit) {
  return {[fit](int round) { return fit->update(round); },
          [fit](int round) { return fit->evaluate(round); }, [fit] { return fit->save(); }};
}

/// What a booster begins with.
struct BoosterStart {
  const WeightedRows& rows;
  ClassTotals totals;                     ///< what `rows` stand for
  const WeightedRows* watched = nullptr;  ///< null = nothing will be evaluated
  int threads = 1;
};

/// A library as boost() sees it.
struct BoosterLibrary {
  std::string title;
  std::uint64_t bytes_a_value = 0;  ///< of memory at the peak, ours and the library's
  std::uint64_t most_rows = std::numeric_limits<std::uint64_t>::max();  ///< in one table
  std::function<Booster(const BoosterStart&)> start;
};

/// The options that are no library's own affair.
struct BoostingRules {
  int n_estimators = 100;
  std::string scale_pos_weight = "1";
  std::optional<int> early_stopping_rounds;
  double validation_fraction = 0.1;
  bool larger_is_better = false;  ///< of the metric watched
};

template <typename Options>
BoostingRules boosting_rules(const Options& options) {
  return {options.n_estimators, options.scale_pos_weight, options.early_stopping_rounds,
          options.validation_fraction, options.eval_metric != EvalMetric::logloss};
}

/// Fit a booster to all rows of the part, in as many rounds as the rules say or early stopping
/// finds.
/// \return the model as the library saves it
/// \throws Error(data) before any table is made, if the part lacks a class or is too large;
///         Error(interrupted) between two rounds
std::string boost(const FitPart& part, const BoostingRules& rules, const BoosterLibrary& library,
                  const FitRequest& request, const Control& control);

}  // namespace rarewood

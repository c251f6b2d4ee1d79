#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "rarewood/option/option.hpp"
#include "rarewood/pattern/parts.hpp"

namespace rarewood {

/// What early stopping watches on the rows held out.
enum class EvalMetric { logloss, auc, aucpr };

/// Rows to learn from, and rows of the same part to watch.
struct HeldOut {
  std::vector<PatternCount> fit;
  std::vector<PatternCount> watched;
};

/// A random share of the part's rows, each class alike, at least one row of each class on each
/// side. Only rows a learner may see are drawn from: nothing of a check or test part is looked at.
/// Rows of weight 0 teach and show nothing and are on neither side.
/// \throws Error(data) if a class has fewer than two rows that weigh anything
HeldOut hold_out(const FitPart& part, double share, std::uint64_t seed);

/// When to stop adding trees.
struct StoppingRule {
  int most_rounds = 100;
  int patience = 10;  ///< rounds without a better value, after which nothing better is expected
  bool larger_is_better = false;
};

/// Run rounds 0, 1, ... until the rule says stop.
/// \param round  adds the tree of that round and returns the metric after it
/// \return how many rounds were best, at least 1; of equal ones the fewest
int best_rounds(const StoppingRule& rule, const std::function<double(int)>& round);

/// The options of early stopping, which boosters share.
template <typename Options>
void add_early_stopping(OptionTable<Options>& table) {
  table.add(&Options::early_stopping_rounds, "early_stopping_rounds",
            "stop after so many rounds without a better eval_metric on rows held out, then fit all "
            "rows with the best number of rounds; none for all rounds",
            Range{1, 10000});
  table.add(&Options::validation_fraction, "validation_fraction",
            "share of the rows to learn from that early stopping holds out",
            Range{0, 1, true, true});
  table.choice(
      &Options::eval_metric, "eval_metric", "what early stopping watches",
      {{"logloss", EvalMetric::logloss}, {"auc", EvalMetric::auc}, {"aucpr", EvalMetric::aucpr}});
}

}  // namespace rarewood

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "rarewood/evaluate/entry_blocks.hpp"
#include "rarewood/evaluate/judgement.hpp"
#include "rarewood/evaluate/metrics.hpp"
#include "rarewood/evaluate/threshold_rule.hpp"
#include "rarewood/model/model.hpp"
#include "rarewood/pattern/scores.hpp"

namespace rarewood {

/// A model or a rival with its probabilities for the rows it is judged on. Contestants on the same
/// rows list them in the same order, so that they can be compared row by row.
struct Contestant {
  std::string name;         ///< "model" or a Baseline's name
  std::string description;  ///< as Baseline's
  std::string judged_on;    ///< as Baseline's
  ScoreList probabilities;
  Flags flags;  ///< which entries are predicted positive
  EntryBlocks blocks = {};
  bool ranks = false;  ///< the scores only order rows and are no probabilities
};

/// Turns raw scores into probabilities and labels, chosen on rows the models did not see.
struct Decision {
  Calibrator calibrator;
  Threshold threshold;
};

struct ContestantName {
  std::string name;
  std::string description;
};

Contestant on_test(const ContestantName& name, const TestScores& scores,
                   const Threshold& threshold);

/// Cross-fitted: no row's probability or label was decided by its own score.
/// \param decisions  [folds] each chosen on the scores of the other folds
Contestant on_out_of_fold(const ContestantName& name, const OofScores& scores,
                          const std::vector<Decision>& decisions);

/// [levels] the contestant on the entries of each level, with their rows by block.
/// \param level  [entries] below `levels`
std::vector<Contestant> split_by_level(const Contestant& contestant,
                                       std::span<const std::uint32_t> level, std::size_t levels);

/// "flag_all": every row is predicted positive, at the base rate.
/// \param base_rate  of the training rows
Contestant flag_all(const Contestant& model, double base_rate);

/// "flag_none": no row is, at the base rate.
Contestant flag_none(const Contestant& model, double base_rate);

/// What it takes no model to do: flag everyone and, where a rule's figure is a sum over rows, so
/// that doing nothing may be best, nobody.
std::vector<Contestant> without_model(const Contestant& model, double base_rate,
                                      const ThresholdRule& rule);

}  // namespace rarewood

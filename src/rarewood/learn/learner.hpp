#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/model/predictor.hpp"
#include "rarewood/option/option.hpp"
#include "rarewood/pattern/parts.hpp"
#include "rarewood/pattern/scores.hpp"

namespace rarewood {

/// What one fit is asked for beyond the learner's own options.
struct FitRequest {
  std::uint64_t seed = 42;
  /// Fewer members than the options say, where an ensemble's size may shrink (forests): folds whose
  /// scores spread alike with fewer trees need no more. 0 = as the options.
  int max_members = 0;
  /// Takes sentences on what the user should know of the fit; may be empty.
  std::function<void(const std::string&)> warn = nullptr;
};

/// Makes a model from rows; the same bytes for the same part, options and seed.
class Learner {
 public:
  virtual ~Learner() = default;
  virtual Predictor fit(const FitPart& part, const FitRequest& request,
                        const Control& control) const = 0;
  /// Scores of the very rows it was fitted on, by those members of the ensemble that did not see
  /// them: for judging, not for choosing. Empty for learners without, and where not asked for.
  /// \param predictor  what fit() made of the same part and request
  virtual ScoreList out_of_bag(const FitPart&, const FitRequest&, const Predictor&,
                               const Control&) const {
    return {};
  }
};

/// The option by which a learner weighs classes: what --balance class_weight stands for.
struct BalancingOption {
  std::string name;  ///< "" = the learner cannot
  std::string on;    ///< the value that makes both classes weigh the same
  std::string off;
};

/// One row of the registry: what the command line offers as --learner.
struct LearnerEntry {
  std::string name;
  std::string help;   ///< one line
  std::string title;  ///< as consoles and reports call it: "Random Forest Classifier"
  std::vector<OptionSpec> options;
  std::unique_ptr<Learner> (*make)(const RawOptions& raw);
  /// Members of its ensemble, where these may be fewer in folds; null: all members always.
  int (*members)(const RawOptions& raw);
  /// Its options with their values, for provenance and tracking.
  std::vector<std::pair<std::string, std::string>> (*values)(const RawOptions& raw);
  BalancingOption balancing = {};
  /// What a positive row weighs against a negative one, where the learner is told just that.
  double (*positive_weight)(const RawOptions& raw, const ClassWeightSums& sums) = nullptr;
};

const std::vector<LearnerEntry>& learners();

/// \throws Error(usage) naming the learners there are
const LearnerEntry& learner_named(const std::string& name);

}  // namespace rarewood

#include "rarewood/workflow/fitting.hpp"

#include <algorithm>

namespace rarewood {
namespace {

/// --balance class_weight is the learner's own option by another name; a kind of "on" stays as it
/// was said.
void weigh_classes(const LearnerEntry& learner, RawOptions& raw) {
  const BalancingOption& option = learner.balancing;
  if (option.name.empty()) {
    throw Error(ErrorKind::usage,
                "--balance class_weight needs a learner that weighs classes, such "
                "as --learner forest; '" +
                    learner.name + "' does not.");
  }
  const auto said = raw.find(option.name);
  if (said == raw.end()) {
    raw[option.name] = {option.on, Origin::preset};
  } else if (!said->second.text.starts_with(option.on)) {
    throw Error(ErrorKind::usage, "--balance class_weight and " + flag_name(option.name) + " " +
                                      said->second.text +
                                      " contradict each other. Leave one of them out.");
  }
}

std::string value_of(const Method& method, const std::string& name) {
  const auto& all = method.options;
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const auto& option) { return option.first == name; });
  return found == all.end() ? "none" : found->second;
}

/// Learners that judge themselves while they learn must not be given rows made from one another.
void refuse_judging_of_made_rows(const Method& method, const ResamplerEntry& resampler) {
  if (method.resamples && value_of(method, "oob_score") == "true") {
    throw Error(ErrorKind::usage,
                "--oob-score would judge resampled rows. Use it with --balance none or "
                "class_weight, or leave it out: the report judges out of fold as well.");
  }
  const bool adds_rows = resampler.synthesises || resampler.repeats;
  if (adds_rows && value_of(method, "early_stopping_rounds") != "none") {
    throw Error(ErrorKind::usage,
                "--early-stopping-rounds with " + resampler.title +
                    " would watch rows made from the rows it fits, and stop too late. Use it "
                    "with --balance none, class_weight or a sampler that only leaves rows out, or "
                    "choose --n-estimators yourself.");
  }
}

}  // namespace

Method choose_method(const TrainOptions& options, RawOptions raw) {
  const LearnerEntry& learner = learner_named(options.learner);
  const ResamplerEntry& resampler = resampler_named(options.balance);
  if (options.balance == "class_weight") weigh_classes(learner, raw);
  Method method;
  method.learner_title = learner.title;
  method.resampler_title = resampler.title;
  method.resamples = !resampler.title.empty();
  if (learner.positive_weight != nullptr) {
    method.positive_weight = [weigh = learner.positive_weight, raw](const ClassWeightSums& sums) {
      return weigh(raw, sums);
    };
  }
  method.learner = learner.make(raw);
  method.resampler = resampler.make(raw);
  method.options = learner.values(raw);
  method.class_weights = value_of(method, "class_weight").starts_with("balanced");
  refuse_judging_of_made_rows(method, resampler);
  const auto more = resampler.values(raw);
  method.options.insert(method.options.end(), more.begin(), more.end());
  return method;
}

int ensemble_members(const std::string& learner, const RawOptions& raw) {
  const LearnerEntry& entry = learner_named(learner);
  return entry.members == nullptr ? 0 : entry.members(raw);
}

}  // namespace rarewood

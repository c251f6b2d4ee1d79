#include "rarewood/workflow/fitting.hpp"

#include <algorithm>

#include "rarewood/evaluate/calibration.hpp"
#include "rarewood/evaluate/threshold.hpp"
#include "rarewood/learn/forest/forest.hpp"

namespace rarewood {
namespace {

/// --balance class_weight is the learner's class_weight by another name.
void weigh_classes(const std::string& learner, RawOptions& raw) {
  if (learner != "forest") {
    throw Error(ErrorKind::usage,
                "--balance class_weight needs a learner that weighs classes, such "
                "as --learner forest; '" +
                    learner + "' does not.");
  }
  const auto said = raw.find("class_weight");
  if (said != raw.end() && said->second.text == "none") {
    throw Error(ErrorKind::usage,
                "--balance class_weight and --class-weight none contradict each "
                "other. Leave one of them out.");
  }
  raw["class_weight"] = {"balanced", Origin::preset};
}

}  // namespace

Method choose_method(const TrainOptions& options, RawOptions raw) {
  const LearnerEntry& learner = learner_named(options.learner);
  const ResamplerEntry& resampler = resampler_named(options.balance);
  if (options.balance == "class_weight") weigh_classes(options.learner, raw);
  Method method;
  method.learner_title = learner.title;
  method.resamples = !resampler.options.empty();
  method.class_weights = options.learner == "forest" &&
                         forest_options().make(raw).class_weight.starts_with("balanced");
  method.learner = learner.make(raw);
  method.resampler = resampler.make(raw);
  method.options = learner.values(raw);
  const auto more = resampler.values(raw);
  method.options.insert(method.options.end(), more.begin(), more.end());
  return method;
}

int fold_members(const std::string& learner, const RawOptions& raw) {
  constexpr int kFewest = 25;
  const LearnerEntry& entry = learner_named(learner);
  if (entry.members == nullptr) return 0;
  const int all = entry.members(raw);
  return std::min(all, std::max(kFewest, all / 8));
}

std::optional<double> fixed_probability(const std::string& rule) {
  if (rule == "f1") return std::nullopt;
  const auto probability = parse_double(rule);
  if (!probability || *probability <= 0 || *probability >= 1) {
    throw Error(ErrorKind::usage,
                "--threshold must be f1 or a probability between 0 and 1, not '" + rule + "'.");
  }
  return probability;
}

Decision decide(const OofScores& scores, const std::string& rule) {
  Decision decision;
  decision.calibrator = fit_platt(scores).calibrator;
  // Scores that do not rank leave nothing to choose: the likelier class is predicted for all.
  const bool ranks = decision.calibrator.method != "constant";
  const auto fixed = ranks ? fixed_probability(rule) : std::optional<double>(0.5);
  decision.threshold = fixed ? fixed_threshold(*fixed, decision.calibrator)
                             : f1_threshold(scores, decision.calibrator);
  return decision;
}

}  // namespace rarewood

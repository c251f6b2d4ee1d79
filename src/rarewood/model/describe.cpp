#include <fmt/format.h>

#include "rarewood/base/text.hpp"
#include "rarewood/model/metadata.hpp"
#include "rarewood/model/model_file.hpp"

namespace rarewood {
namespace {

std::string counted(std::size_t count, const std::string& thing) {
  return thousands(count) + " " + thing + (count == 1 ? "" : "s");
}

std::string feature_words(const FeatureSchema& schema) {
  std::vector<std::string> names;
  for (const Feature& feature : schema.features) names.push_back(feature.name);
  constexpr std::size_t kShown = 20;
  if (names.size() <= kShown) return listed(names);
  const std::size_t more = names.size() - kShown;
  names.resize(kShown);
  return listed(names) + " and " + thousands(more) + " more";
}

std::string calibration_words(const Calibrator& calibrator) {
  if (calibrator.method == "none") return "Scores are not calibrated.";
  return fmt::format("Scores are calibrated ({}, {}).", calibrator.method,
                     counted(calibrator.x.size(), "knot"));
}

std::string threshold_words(const Threshold& threshold) {
  const std::string rule = threshold.rule == "f1" ? "chosen for the best F1" : "fixed";
  return fmt::format("A row is labelled positive from probability {} on, {}.",
                     fixed(threshold.probability, 4), rule);
}

}  // namespace

std::string describe(const Model& model) {
  const FeatureSchema& schema = model.schema;
  const bool average = model.ensemble.aggregation == Ensemble::Aggregation::average;
  return fmt::format(
      "Predicts {} = {} (against {}){} from {}: {}. {} {} with {}. {} {} Made by rarewood {} from "
      "data {}; file format {}.",
      schema.target.name, schema.target.positive, schema.target.negative,
      schema.prediction_point.empty() ? "" : ", as of " + schema.prediction_point + ",",
      counted(schema.features.size(), "column"), feature_words(schema),
      average ? "The average of" : "The sum of", counted(model.ensemble.trees(), "tree"),
      counted(model.ensemble.nodes.size(), "node"), calibration_words(model.calibrator),
      threshold_words(model.threshold), model.provenance.rarewood_version,
      model.provenance.data_fingerprint, kModelFormatVersion);
}

}  // namespace rarewood

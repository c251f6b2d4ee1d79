#include <algorithm>

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

std::string predictor_words(const Ensemble& trees) {
  const bool average = trees.aggregation == Ensemble::Aggregation::average;
  return fmt::format("{} {} with {}.", average ? "The average of" : "The sum of",
                     counted(trees.trees(), "tree"), counted(trees.nodes.size(), "node"));
}

std::string predictor_words(const LinearModel& model) {
  std::size_t weights = 0;
  for (const LinearTerm& term : model.terms) {
    weights += std::max<std::size_t>(term.by_category.size(), 1);
  }
  return fmt::format("Log-odds as the sum of an intercept and {}.", counted(weights, "weight"));
}

std::string calibration_words(const Calibrator& calibrator) {
  if (calibrator.method == "none") return "Scores are not calibrated.";
  return fmt::format("Scores are calibrated ({}, {}).", calibrator.method,
                     counted(calibrator.x.size(), "knot"));
}

std::string threshold_words(const Threshold& threshold) {
  const std::string rule = threshold.rule == "f1"         ? "chosen for the best F1"
                           : parse_double(threshold.rule) ? "fixed"
                                                          : "chosen by " + threshold.rule;
  const std::string interval = threshold.interval
                                   ? fmt::format(" ({} to {})", fixed((*threshold.interval)[0], 4),
                                                 fixed((*threshold.interval)[1], 4))
                                   : "";
  return fmt::format("A row is labelled positive from probability {}{} on, {}.",
                     fixed(threshold.probability, 4), interval, rule);
}

/// " The audit proved that x gives the answer away."; "" where nothing was proved.
std::string leak_words(const Provenance& provenance) {
  if (!provenance.leaks || provenance.leaks->empty()) return "";
  const bool one = provenance.leaks->size() == 1;
  return " The audit proved that " + listed(*provenance.leaks) + (one ? " gives" : " give") +
         " the answer away: its figures say nothing.";
}

}  // namespace

std::string describe(const Model& model) {
  const FeatureSchema& schema = model.schema;
  const std::string predictor =
      std::visit([](const auto& kind) { return predictor_words(kind); }, model.predictor);
  return fmt::format(
      "Predicts {} = {} (against {}){} from {}: {}. {} {} {} Made by rarewood {} from "
      "data {}; file format {}.{}",
      schema.target.name, schema.target.positive, schema.target.negative,
      schema.prediction_point.empty() ? "" : ", as of " + schema.prediction_point + ",",
      counted(schema.features.size(), "column"), feature_words(schema), predictor,
      calibration_words(model.calibrator), threshold_words(model.threshold),
      model.provenance.rarewood_version, model.provenance.data_fingerprint,
      format_version_of(model), leak_words(model.provenance));
}

}  // namespace rarewood

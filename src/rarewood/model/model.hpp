#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "rarewood/feature/schema.hpp"
#include "rarewood/model/predictor.hpp"

namespace rarewood {

/// A continuous, non-decreasing, piecewise linear map from raw scores to probabilities; constant
/// outside its knots. Every calibration method ends as one of these.
struct Calibrator {
  std::string method = "none";  ///< "none", "platt", ...
  std::vector<float> x;         ///< knots, strictly ascending, raw scores; at least two
  std::vector<float> y;         ///< probabilities at the knots, non-decreasing, in [0, 1]

  bool operator==(const Calibrator&) const = default;
};

/// Where "predicted positive" begins: label = raw score >= raw_score, decided before calibration so
/// that every scorer decides alike, and shown as the probability it stands for.
struct Threshold {
  std::string rule = "0.5";  ///< "f1", "recall:0.8", ..., or the fixed number as given
  double probability = 0.5;
  float raw_score = 0.5F;
  /// Lowest and highest probability, 95 %; of thresholds that were chosen on rows.
  std::optional<std::array<double, 2>> interval = {};

  bool operator==(const Threshold&) const = default;
};

/// Until when the rows were that a model learnt from.
struct TrainingWindow {
  std::string column;      ///< whose times they are: "session_started_at"
  std::int64_t until = 0;  ///< the latest, seconds since 1970 UTC

  bool operator==(const TrainingWindow&) const = default;
};

/// What the model was made from. No time of the run, host, path or thread count: equal
/// work, equal bytes.
struct Provenance {
  std::string data_fingerprint;
  std::string rarewood_version;
  std::vector<std::pair<std::string, std::string>> options;  ///< name, value
  std::optional<TrainingWindow> window = {};                 ///< where the rows' times are known
  /// Features that the audit proved to give the answer away; nothing where the model does not say,
  /// as those of earlier rarewoods do not.
  std::optional<std::vector<std::string>> leaks = {};
  std::string group_column = {};  ///< whose rows were judged together; "" where that is not known

  bool operator==(const Provenance&) const = default;
};

/// All that scoring needs, as plain data.
struct Model {
  FeatureSchema schema;
  Predictor predictor;
  Calibrator calibrator;
  Threshold threshold;
  Provenance provenance;
};

/// The trees of a model that is known to have them.
inline const Ensemble& trees_of(const Model& model) { return std::get<Ensemble>(model.predictor); }
inline Ensemble& trees_of(Model& model) { return std::get<Ensemble>(model.predictor); }

}  // namespace rarewood

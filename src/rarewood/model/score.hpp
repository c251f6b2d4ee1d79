#pragma once

#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/feature/schema.hpp"
#include "rarewood/model/model.hpp"
#include "rarewood/model/scorer.hpp"
#include "rarewood/pattern/parts.hpp"
#include "rarewood/pattern/scores.hpp"

namespace rarewood {

struct Predictions {
  std::vector<float> probability;   ///< [rows], calibrated
  std::vector<std::uint8_t> label;  ///< [rows], 1 = positive
};

/// The leaf value a row comes to in the tree of a root. \param row  [features] values as in Columns
float tree_answer(const Ensemble& ensemble, std::uint32_t root, const std::vector<float>& row);

/// Raw score of one row the obvious way: the oracle every faster scorer is tested against.
/// \param row  [features] values as in Columns
float reference_score(const Ensemble& ensemble, const std::vector<float>& row);
float reference_score(const LinearModel& model, const std::vector<float>& row);

/// Linear models and sums of trees give log-odds, averages of trees probabilities.
ScoreScale score_scale(const Predictor& predictor);

/// Raw scores, [rows], of column-major values; same bytes for any number of threads.
/// \param values  [features] pointers to [rows] floats each
std::vector<float> raw_scores(const Predictor& predictor, const std::vector<const float*>& values,
                              std::size_t rows, const Control& control);

/// The probability a raw score stands for; a calibrator without knots leaves it as it is.
float calibrated(const Calibrator& calibrator, float raw_score);

/// \param columns  of the model's schema
Predictions predict(const Model& model, const Columns& columns, const Control& control);

/// The same with a scorer of the model's predictor made before, for many small tables.
Predictions predict(const Model& model, const Scorer& scorer, const Columns& columns,
                    const Control& control);

/// Scores of the test part by the finished model: calibrated probabilities, or the raw scores they
/// are made of.
class TestScoring {
 public:
  static TestScores score_raw(const Model& model, const TestPart& test, const Control& control);
  static TestScores score(const Model& model, const TestPart& test, const Control& control);
  /// The probabilities that raw scores stand for.
  static TestScores score(const Model& model, const TestScores& raw);
};

}  // namespace rarewood

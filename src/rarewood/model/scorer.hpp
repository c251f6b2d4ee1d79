#pragma once

#include <cstddef>
#include <variant>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/model/linear_scorer.hpp"
#include "rarewood/model/predictor.hpp"
#include "rarewood/model/tree_scorer.hpp"

namespace rarewood {

/// A predictor laid out for scoring many rows: make it once, score often, from any thread.
class Scorer {
 public:
  explicit Scorer(const Predictor& predictor);

  /// Raw scores, [rows], of column-major values; the same bytes as reference_score.
  /// \param values  [features] pointers to [rows] floats each
  std::vector<float> raw_scores(const std::vector<const float*>& values, std::size_t rows,
                                const Control& control) const;

 private:
  std::variant<TreeScorer, LinearModel> laid_out_;
};

}  // namespace rarewood

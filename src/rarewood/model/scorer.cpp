#include "rarewood/model/scorer.hpp"

namespace rarewood {
namespace {

std::variant<TreeScorer, LinearModel> lay_out(const Predictor& predictor) {
  if (const auto* trees = std::get_if<Ensemble>(&predictor)) return TreeScorer(*trees);
  return std::get<LinearModel>(predictor);
}

}  // namespace

Scorer::Scorer(const Predictor& predictor) : laid_out_(lay_out(predictor)) {}

std::vector<float> Scorer::raw_scores(const std::vector<const float*>& values, std::size_t rows,
                                      const Control& control) const {
  if (const auto* trees = std::get_if<TreeScorer>(&laid_out_)) {
    return trees->raw_scores(values, rows, control);
  }
  return linear_scores(std::get<LinearModel>(laid_out_), values, rows, control);
}

}  // namespace rarewood

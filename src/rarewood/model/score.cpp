#include "rarewood/model/score.hpp"

#include <algorithm>
#include <cmath>

#include "rarewood/base/error.hpp"
#include "rarewood/model/scorer.hpp"

namespace rarewood {
namespace {

bool goes_left(const Ensemble& ensemble, const Node& node, float value) {
  if (std::isnan(value)) return node.missing_left;
  if (node.category_set == Node::kOrdered) return value <= node.value;
  const auto& set = ensemble.category_sets[static_cast<std::size_t>(node.category_set)];
  return std::binary_search(set.begin(), set.end(), static_cast<std::uint32_t>(value));
}

std::vector<float> calibrated_all(const Calibrator& calibrator, const std::vector<float>& raw) {
  std::vector<float> result;
  result.reserve(raw.size());
  for (const float score : raw) result.push_back(calibrated(calibrator, score));
  return result;
}

/// Values of the test part's patterns, column by column.
std::vector<std::vector<float>> gather(const TestPart& test) {
  std::vector<std::vector<float>> columns(test.patterns().features());
  for (std::size_t f = 0; f < columns.size(); ++f) {
    const auto values = test.patterns().column(f);
    columns[f].reserve(test.counts().size());
    for (const PatternCount& count : test.counts()) columns[f].push_back(values[count.pattern]);
  }
  return columns;
}

std::vector<const float*> pointers_to(const std::vector<std::vector<float>>& columns) {
  std::vector<const float*> pointers;
  for (const auto& column : columns) pointers.push_back(column.data());
  return pointers;
}

}  // namespace

float tree_answer(const Ensemble& ensemble, std::uint32_t root, const std::vector<float>& row) {
  const Node* node = &ensemble.nodes[root];
  while (!node->is_leaf()) {
    const float value = row[static_cast<std::size_t>(node->feature)];
    node = &ensemble.nodes[goes_left(ensemble, *node, value) ? node->left : node->right];
  }
  return node->value;
}

float reference_score(const Ensemble& ensemble, const std::vector<float>& row) {
  float sum = 0;
  for (const std::uint32_t root : ensemble.roots) sum += tree_answer(ensemble, root, row);
  const bool average = ensemble.aggregation == Ensemble::Aggregation::average;
  return average ? sum / static_cast<float>(ensemble.trees()) : sum;
}

float reference_score(const LinearModel& model, const std::vector<float>& row) {
  const auto steps = [](double summand) { return std::nearbyint(summand * kStepsPerUnit); };
  double sum = steps(model.intercept);
  for (std::size_t f = 0; f < row.size(); ++f) {
    const LinearTerm& term = model.terms[f];
    if (std::isnan(row[f])) {
      sum += steps(term.missing);
    } else if (term.by_category.empty()) {
      sum += steps(term.weight * static_cast<double>(row[f]));
    } else {
      sum += steps(term.by_category[static_cast<std::size_t>(row[f])]);
    }
  }
  const double log_odds = sum / kStepsPerUnit;
  return static_cast<float>(std::clamp(log_odds, -kFarthestLogOdds, kFarthestLogOdds));
}

ScoreScale score_scale(const Predictor& predictor) {
  const auto* trees = std::get_if<Ensemble>(&predictor);
  const bool average = trees != nullptr && trees->aggregation == Ensemble::Aggregation::average;
  return average ? ScoreScale::probability : ScoreScale::log_odds;
}

std::vector<float> raw_scores(const Predictor& predictor, const std::vector<const float*>& values,
                              std::size_t rows, const Control& control) {
  return Scorer(predictor).raw_scores(values, rows, control);
}

Predictions predict(const Model& model, const Columns& columns, const Control& control) {
  return predict(model, Scorer(model.predictor), columns, control);
}

Predictions predict(const Model& model, const Scorer& scorer, const Columns& columns,
                    const Control& control) {
  if (columns.values.size() != model.schema.features.size()) {
    throw Error(ErrorKind::bug, "The columns to score are not those of the model.");
  }
  const std::vector<float> raw =
      scorer.raw_scores(pointers_to(columns.values), columns.rows, control);
  Predictions result{calibrated_all(model.calibrator, raw), {}};
  result.label.reserve(raw.size());
  for (const float score : raw) result.label.push_back(score >= model.threshold.raw_score ? 1 : 0);
  return result;
}

TestScores TestScoring::score_raw(const Model& model, const TestPart& test,
                                  const Control& control) {
  const auto columns = gather(test);
  const std::vector<float> raw =
      raw_scores(model.predictor, pointers_to(columns), test.counts().size(), control);
  ScoreList list;
  list.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const PatternCount& count = test.counts()[i];
    list.push_back({static_cast<double>(raw[i]), count.n0, count.n1, count.cost});
  }
  return TestScores(std::move(list));
}

TestScores TestScoring::score(const Model& model, const TestPart& test, const Control& control) {
  return score(model, score_raw(model, test, control));
}

TestScores TestScoring::score(const Model& model, const TestScores& raw) {
  ScoreList list = raw.list();
  for (ScoreCount& entry : list) {
    const float probability = calibrated(model.calibrator, static_cast<float>(entry.score));
    entry.score = static_cast<double>(probability);
  }
  return TestScores(std::move(list));
}

}  // namespace rarewood

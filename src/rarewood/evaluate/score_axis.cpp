#include "rarewood/evaluate/score_axis.hpp"

#include <algorithm>
#include <cmath>

#include "rarewood/base/error.hpp"
#include "rarewood/model/score.hpp"

namespace rarewood {
namespace {

/// Logit of the edge, and its rise per unit of score there.
double edge_logit() { return std::log((1 - kScoreEdge) / kScoreEdge); }
double edge_rise() { return 1 / (kScoreEdge * (1 - kScoreEdge)); }

double stretched(double score) {
  if (score < kScoreEdge) return -edge_logit() - (kScoreEdge - score) * edge_rise();
  if (score > 1 - kScoreEdge) return edge_logit() + (score - 1 + kScoreEdge) * edge_rise();
  return std::log(score / (1 - score));
}

double unstretched(double z) {
  if (std::abs(z) >= stretched(1)) return z > 0 ? 1 : 0;
  if (z < -edge_logit()) return kScoreEdge + (z + edge_logit()) / edge_rise();
  if (z > edge_logit()) return 1 - kScoreEdge + (z - edge_logit()) / edge_rise();
  return sigmoid(z);
}

}  // namespace

double softplus(double x) { return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x))); }

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

double log_of_share(double share) {
  if (share >= kScoreEdge) return std::log(share);
  return std::log(kScoreEdge) + (share - kScoreEdge) / kScoreEdge;
}

double log_odds_of(double score, ScoreScale scale) {
  return scale == ScoreScale::log_odds ? score : stretched(score);
}

double score_at(double log_odds, ScoreScale scale) {
  return scale == ScoreScale::log_odds ? log_odds : unstretched(log_odds);
}

double share_of(double score, ScoreScale scale) {
  return scale == ScoreScale::log_odds ? sigmoid(score) : score;
}

void check_raw_score(double score, ScoreScale scale) {
  const bool possible =
      scale == ScoreScale::log_odds ? std::isfinite(score) : score >= 0 && score <= 1;
  if (!possible) {
    throw Error(ErrorKind::bug, "A raw score to calibrate is not in 0..1, or not finite.");
  }
}

ScoreList calibrated_list(ScoreList raw, const Calibrator& calibrator) {
  for (ScoreCount& entry : raw) {
    entry.score = static_cast<double>(calibrated(calibrator, static_cast<float>(entry.score)));
  }
  return raw;
}

}  // namespace rarewood

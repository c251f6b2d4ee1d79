#pragma once

#include "rarewood/model/model.hpp"
#include "rarewood/pattern/scores.hpp"

namespace rarewood {

/// Nearer to 0 and 1 than this the logarithm of a score between 0 and 1, which would become
/// infinite, goes on as a straight line.
inline constexpr double kScoreEdge = 1e-3;

/// log(1 + exp(x)) without overflow.
double softplus(double x);

double sigmoid(double x);

/// The logarithm of a share, continued by its tangent below kScoreEdge: finite, and still rising.
double log_of_share(double share);

/// A raw score as log-odds: the logit of one between 0 and 1, continued by its tangents beyond the
/// edges, so that order is kept; itself if it is log-odds.
double log_odds_of(double score, ScoreScale scale);

/// The inverse, for |log_odds| up to those of the scores 0 and 1.
double score_at(double log_odds, ScoreScale scale);

/// A raw score as the probability it stands for without calibration.
double share_of(double score, ScoreScale scale);

/// \throws Error(bug) unless it is finite, and in 0..1 where the scale says so
void check_raw_score(double score, ScoreScale scale);

/// The same rows by their calibrated probability.
ScoreList calibrated_list(ScoreList raw, const Calibrator& calibrator);

}  // namespace rarewood

#include "rarewood/evaluate/calibration.hpp"

#include <cmath>
#include <optional>

#include "rarewood/base/error.hpp"
#include "rarewood/evaluate/curve.hpp"
#include "rarewood/evaluate/curve_map.hpp"
#include "rarewood/evaluate/isotonic.hpp"
#include "rarewood/evaluate/logistic_fit.hpp"

namespace rarewood {
namespace {

ClassTotals totals_of(const OofScores& scores) {
  const ClassTotals totals = class_totals(scores.list());
  if (totals.n0 == 0 || totals.n1 == 0) {
    throw Error(ErrorKind::data, "Calibration needs rows of both classes. Use more rows.");
  }
  return totals;
}

/// The rows of each score, positives with Platt's smoothed targets.
/// \param x_of  what is known of a row by its score
template <typename XOf>
std::vector<LogisticRow> smoothed_rows(const OofScores& scores, const ClassTotals& totals,
                                       const XOf& x_of) {
  const double target0 = 1 / (static_cast<double>(totals.n0) + 2);
  const double target1 =
      (static_cast<double>(totals.n1) + 1) / (static_cast<double>(totals.n1) + 2);
  std::vector<LogisticRow> rows;
  for (const ScoreCount& entry : merged(scores.list())) {
    check_raw_score(entry.score, scores.scale());
    const double n0 = static_cast<double>(entry.n0);
    const double n1 = static_cast<double>(entry.n1);
    rows.push_back({x_of(entry.score), 0, n0 + n1, n0 * target0 + n1 * target1});
  }
  return rows;
}

/// Logarithms of a score and of what it lacks to 1.
struct Shares {
  double log_score = 0;
  double minus_log_rest = 0;
};

Shares shares_of(double score, ScoreScale scale) {
  if (scale == ScoreScale::log_odds) return {-softplus(-score), softplus(score)};
  return {log_of_share(score), -log_of_share(1 - score)};
}

/// Less moves no probability by a float32's last bit.
constexpr double kLeastSlope = 1e-20;

/// Both slopes as they are, or one of them alone where the other would turn the order round.
LogisticFit fit_rising(std::vector<LogisticRow> rows) {
  LogisticFit fit = fit_logistic(rows, 2);
  if (fit.slope[0] >= 0 && fit.slope[1] >= 0) return fit;
  const bool first_stays = fit.slope[0] >= 0;
  if (!first_stays) {
    for (LogisticRow& row : rows) row.x[0] = row.x[1];
  }
  fit = fit_logistic(std::move(rows), 1);
  if (!first_stays) fit.slope = {0, fit.slope[0]};
  return fit;
}

}  // namespace

PlattFit fit_platt(const OofScores& scores) {
  const ClassTotals totals = totals_of(scores);
  const ScoreScale scale = scores.scale();
  const std::vector<LogisticRow> rows = smoothed_rows(
      scores, totals,
      [&](double score) -> std::array<double, 2> { return {log_odds_of(score, scale), 0}; });
  const bool all_alike = rows.front().x[0] == rows.back().x[0];
  const LogisticFit fit = all_alike ? LogisticFit{} : fit_logistic(rows, 1);
  const double slope = fit.slope[0];
  if (!(slope > kLeastSlope)) {
    const double rate = totals.base_rate();
    return {constant_calibrator(totals), 0, std::log(rate / (1 - rate)), 0};
  }
  const double intercept = fit.intercept;
  const RisingCurve curve{
      [=](double score) { return slope * log_odds_of(score, scale) + intercept; }, scale};
  auto [map, deviation] = drawn_curve(curve, "platt");
  return {std::move(map), slope, intercept, deviation};
}

BetaFit fit_beta(const OofScores& scores) {
  const ClassTotals totals = totals_of(scores);
  const ScoreScale scale = scores.scale();
  std::vector<LogisticRow> rows =
      smoothed_rows(scores, totals, [&](double score) -> std::array<double, 2> {
        const Shares shares = shares_of(score, scale);
        return {shares.log_score, shares.minus_log_rest};
      });
  const bool all_alike = rows.front().x == rows.back().x;
  const LogisticFit fit = all_alike ? LogisticFit{} : fit_rising(std::move(rows));
  const double a = fit.slope[0];
  const double b = fit.slope[1];
  if (!(a + b > kLeastSlope && a >= 0 && b >= 0)) {
    const double rate = totals.base_rate();
    return {constant_calibrator(totals), 0, 0, std::log(rate / (1 - rate)), 0};
  }
  const double c = fit.intercept;
  const RisingCurve curve{[=](double score) {
                            const Shares shares = shares_of(score, scale);
                            return a * shares.log_score + b * shares.minus_log_rest + c;
                          },
                          scale};
  auto [map, deviation] = drawn_curve(curve, "beta");
  return {std::move(map), a, b, c, deviation};
}

Calibrator fit_calibrator(const OofScores& scores, const std::string& method) {
  if (method == "none") return uncalibrated(scores.scale());
  if (method == "beta") return fit_beta(scores).calibrator;
  if (method == "isotonic") {
    totals_of(scores);
    if (std::optional<Calibrator> map = fit_isotonic(scores)) return *std::move(map);
  }
  return fit_platt(scores).calibrator;
}

Calibrator identity_calibrator() { return {"none", {0.0F, 1.0F}, {0.0F, 1.0F}}; }

Calibrator uncalibrated(ScoreScale scale) {
  if (scale == ScoreScale::probability) return identity_calibrator();
  return drawn_curve({[](double score) { return score; }, scale}, "none").map;
}

Calibrator constant_calibrator(const ClassTotals& totals) {
  const auto y = static_cast<float>(totals.base_rate());
  return {"constant", {0.0F, 1.0F}, {y, y}};
}

}  // namespace rarewood

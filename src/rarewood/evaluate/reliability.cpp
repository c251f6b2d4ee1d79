#include "rarewood/evaluate/reliability.hpp"

#include <algorithm>
#include <cmath>

#include "rarewood/base/text.hpp"
#include "rarewood/evaluate/count_draws.hpp"
#include "rarewood/evaluate/curve.hpp"
#include "rarewood/evaluate/interval.hpp"
#include "rarewood/evaluate/logistic_fit.hpp"
#include "rarewood/evaluate/proportion.hpp"

namespace rarewood {
namespace {

/// Probabilities are kept this far off 0 and 1, where log-odds would become infinite: float32 tells
/// no more.
constexpr double kLogitEdge = 1.0 / (1 << 24);

double number(std::uint64_t count) { return static_cast<double>(count); }

Figure with_error(double value, double error) {
  return {value, {value - kNormal95 * error, value + kNormal95 * error}};
}

double mean_of(const ScoreList& list) {
  double sum = 0;
  for (const ScoreCount& entry : list) sum += number(entry.n0 + entry.n1) * entry.score;
  return sum / number(class_totals(list).rows());
}

/// As the table of metrics has it.
Figure brier_figure(const ScoreList& list) {
  const Flags none(list.size(), 0);
  return {compute_metrics(list, none).brier,
          metric_intervals(list, none, {}).intervals.at("brier")};
}

void take_out_intervals(CalibrationFigures& figures) {
  for (Figure* figure :
       {&figures.in_the_large, &figures.slope, &figures.intercept, &figures.brier, &figures.ece}) {
    figure->interval = Figure{}.interval;
  }
}

double logit(double probability) {
  const double p = std::clamp(probability, kLogitEdge, 1 - kLogitEdge);
  return std::log(p / (1 - p));
}

void fill_slope(const ScoreList& list, CalibrationFigures& figures) {
  std::vector<LogisticRow> rows;
  for (const ScoreCount& entry : list) {
    rows.push_back({{logit(entry.score), 0}, 0, number(entry.n0 + entry.n1), number(entry.n1)});
  }
  if (rows.front().x[0] != rows.back().x[0]) {
    const LogisticFit fit = fit_logistic(rows, 1);
    if (fit.settled) {
      figures.slope = with_error(fit.slope[0], fit.slope_error[0]);
      figures.intercept = with_error(fit.intercept, fit.intercept_error);
    }
  }
  for (LogisticRow& row : rows) row = {{}, row.x[0], row.rows, row.positives};
  const LogisticFit shift = fit_logistic(std::move(rows), 0);
  figures.in_the_large = with_error(shift.intercept, shift.intercept_error);
}

/// Bootstrap of the bins' counts; its percentiles are mirrored at the value, as chance only adds to
/// a mean of distances. Where it adds more than it scatters, the value is the upper end.
Figure error_figure(const std::vector<ReliabilityBin>& bins, const BootstrapPlan& plan) {
  std::vector<std::uint64_t> counts;
  for (const ReliabilityBin& bin : bins) {
    counts.push_back(bin.rows - bin.positives);
    counts.push_back(bin.positives);
  }
  const CountDraws draws(counts);
  std::vector<double> errors;
  for (std::uint64_t draw = 0; draw < plan.draws; ++draw) {
    Random random(plan.seed, "calibration error", draw);
    if (draws.draw(random, counts) == 0) continue;
    std::vector<ReliabilityBin> drawn;
    for (std::size_t b = 0; b < bins.size(); ++b) {
      const std::uint64_t rows = counts[2 * b] + counts[2 * b + 1];
      if (rows == 0) continue;
      const double rate = number(counts[2 * b + 1]) / number(rows);
      drawn.push_back({bins[b].mean_probability, rate, {}, rows, counts[2 * b + 1]});
    }
    errors.push_back(calibration_error(drawn));
  }
  const double value = calibration_error(bins);
  const Interval range = percentile_interval(std::move(errors));
  return {value,
          {std::clamp(2 * value - range.high, 0.0, value), std::max(value, 2 * value - range.low)}};
}

/// Rows of neighbouring probabilities, being put together.
struct OpenBin {
  double sum = 0;
  std::uint64_t n0 = 0;
  std::uint64_t n1 = 0;

  ReliabilityBin closed() const {
    const std::uint64_t rows = n0 + n1;
    return {sum / number(rows), number(n1) / number(rows), wilson({number(n1), number(rows)}), rows,
            n1};
  }
};

}  // namespace

std::vector<ReliabilityBin> reliability_curve(const ScoreList& probabilities, std::size_t bins) {
  const ScoreList list = merged(probabilities);
  const double all = number(class_totals(list).rows());
  std::vector<ReliabilityBin> curve;
  OpenBin open;
  std::uint64_t met = 0;
  double full = all / number(bins);
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::uint64_t rows = list[i].n0 + list[i].n1;
    open.sum += list[i].score * number(rows);
    open.n0 += list[i].n0;
    open.n1 += list[i].n1;
    met += rows;
    // A bin ends next to where its share of the rows is full.
    const double next = i + 1 < list.size() ? number(list[i + 1].n0 + list[i + 1].n1) : 0;
    const bool last = i + 1 == list.size();
    if (!last && number(met) + next / 2 < full) continue;
    curve.push_back(open.closed());
    open = {};
    const double done = std::floor(number(met) * number(bins) / all + 0.5);  // shares used up
    full = all * (done + 1) / number(bins);
  }
  return curve;
}

double calibration_error(const std::vector<ReliabilityBin>& bins) {
  double sum = 0;
  double rows = 0;
  for (const ReliabilityBin& bin : bins) {
    sum += number(bin.rows) * std::abs(bin.rate - bin.mean_probability);
    rows += number(bin.rows);
  }
  return rows > 0 ? sum / rows : 0;
}

CalibrationFigures calibration_figures(const ScoreList& probabilities, const BootstrapPlan& draws) {
  const ScoreList list = merged(probabilities);
  const ClassTotals totals = class_totals(list);
  CalibrationFigures figures;
  figures.mean_probability = mean_of(list);
  figures.prevalence = {totals.base_rate(), wilson({number(totals.n1), number(totals.rows())})};
  figures.brier = brier_figure(list);
  fill_slope(list, figures);
  figures.ece = error_figure(reliability_curve(list), draws);
  if (std::min(totals.n0, totals.n1) < kFewestForIntervals) take_out_intervals(figures);
  return figures;
}

std::string mean_warning(const CalibrationFigures& figures) {
  const Interval& range = figures.prevalence.interval;
  const double mean = figures.mean_probability;
  if (mean >= range.low && mean <= range.high) return "";
  return "The mean probability on the test rows is " + fixed(mean, 4) + ", but " +
         fixed(figures.prevalence.value, 4) + " of them are positive (" + fixed(range.low, 4) +
         " to " + fixed(range.high, 4) + "): do not read the probabilities as frequencies.";
}

}  // namespace rarewood

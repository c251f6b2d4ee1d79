#include "rarewood/evaluate/reliability.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "rarewood/base/text.hpp"
#include "rarewood/evaluate/contestant.hpp"
#include "rarewood/evaluate/count_draws.hpp"
#include "rarewood/evaluate/curve.hpp"
#include "rarewood/evaluate/distribution.hpp"
#include "rarewood/evaluate/influence.hpp"
#include "rarewood/evaluate/interval.hpp"
#include "rarewood/evaluate/logistic_fit.hpp"
#include "rarewood/evaluate/proportion.hpp"
#include "rarewood/evaluate/ranking.hpp"

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
Figure brier_figure(const ScoreList& list, const EntryBlocks& by_group) {
  const Flags none(list.size(), 0);
  return {compute_metrics(list, none).brier,
          metric_intervals(list, none, by_group).intervals.at("brier")};
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

/// How much wider intervals are by whole groups: the root of the design effect of what moves an
/// estimate, which of a row is its class less the probability, times its x.
/// \param x  [entries] about its mean
double widening(const ScoreList& list, const std::vector<double>& x, const EntryBlocks& by_group) {
  if (by_group.empty()) return 1;
  std::vector<double> of_negative;
  std::vector<double> of_positive;
  for (std::size_t i = 0; i < list.size(); ++i) {
    of_negative.push_back(-x[i] * list[i].score);
    of_positive.push_back(x[i] * (1 - list[i].score));
  }
  const Spread spread = spread_of(mean_influence(list, of_negative, of_positive), list, by_group);
  // Blocks that are all alike, though their rows are not, do not make an estimate certain.
  if (spread.design_effect == 0) return std::numeric_limits<double>::quiet_NaN();
  return std::sqrt(spread.design_effect) * quantile_of(spread) / kNormal95;
}

/// Log-odds about their mean over rows that tell most, [entries].
std::vector<double> centred_log_odds(const ScoreList& list) {
  double sum = 0;
  double weight = 0;
  std::vector<double> x;
  for (const ScoreCount& entry : list) {
    x.push_back(logit(entry.score));
    const double here = number(entry.n0 + entry.n1) * entry.score * (1 - entry.score);
    sum += here * x.back();
    weight += here;
  }
  const double mean = weight > 0 ? sum / weight : 0;
  for (double& each : x) each -= mean;
  return x;
}

void fill_slope(const ScoreList& probabilities, const EntryBlocks& by_group,
                CalibrationFigures& figures) {
  std::vector<LogisticRow> rows;
  for (const ScoreCount& entry : merged(probabilities)) {
    rows.push_back({{logit(entry.score), 0}, 0, number(entry.n0 + entry.n1), number(entry.n1)});
  }
  if (rows.front().x[0] != rows.back().x[0]) {
    const LogisticFit fit = fit_logistic(rows, 1);
    if (fit.settled) {
      const double wider = widening(probabilities, centred_log_odds(probabilities), by_group);
      figures.slope = with_error(fit.slope[0], wider * fit.slope_error[0]);
      figures.intercept = with_error(fit.intercept, wider * fit.intercept_error);
    }
  }
  for (LogisticRow& row : rows) row = {{}, row.x[0], row.rows, row.positives};
  const LogisticFit shift = fit_logistic(std::move(rows), 0);
  const std::vector<double> alike(probabilities.size(), 1.0);
  figures.in_the_large =
      with_error(shift.intercept, widening(probabilities, alike, by_group) * shift.intercept_error);
}

/// Rows by class and bin: [2 bins], negative and positive rows of each in turn.
using BinCounts = std::vector<std::uint64_t>;

BinCounts counts_of(const std::vector<ReliabilityBin>& bins) {
  BinCounts counts;
  for (const ReliabilityBin& bin : bins) {
    counts.push_back(bin.rows - bin.positives);
    counts.push_back(bin.positives);
  }
  return counts;
}

/// [entries] the bin of each. \param bins  of the same rows
std::vector<std::uint32_t> bins_of(const ScoreList& list, const std::vector<ReliabilityBin>& bins) {
  std::vector<std::uint32_t> ascending = descending(list);
  std::ranges::reverse(ascending);
  std::vector<std::uint32_t> bin_of(list.size());
  std::uint32_t bin = 0;
  std::uint64_t met = 0;  // rows of this bin
  for (const std::uint32_t entry : ascending) {
    const std::uint64_t rows = list[entry].n0 + list[entry].n1;
    if (met == bins[bin].rows && rows > 0) {
      ++bin;
      met = 0;
    }
    bin_of[entry] = bin;
    met += rows;
  }
  return bin_of;
}

/// The bins' rows in each block, [blocks].
std::vector<BinCounts> counts_by_block(const ScoreList& list,
                                       const std::vector<ReliabilityBin>& bins,
                                       const EntryBlocks& by_group) {
  const std::vector<std::uint32_t> bin_of = bins_of(list, bins);
  std::vector<BinCounts> counts(by_group.blocks(), BinCounts(2 * bins.size()));
  for (std::size_t b = 0; b < counts.size(); ++b) {
    for (const auto& [entry, n0, n1] : by_group.of_block(b)) {
      const std::size_t place = std::size_t{2} * bin_of[entry];
      counts[b][place] += n0;
      counts[b][place + 1] += n1;
    }
  }
  return counts;
}

double error_of_counts(const std::vector<ReliabilityBin>& bins, const BinCounts& counts) {
  std::vector<ReliabilityBin> drawn;
  for (std::size_t b = 0; b < bins.size(); ++b) {
    const std::uint64_t rows = counts[2 * b] + counts[2 * b + 1];
    if (rows == 0) continue;
    const double rate = number(counts[2 * b + 1]) / number(rows);
    drawn.push_back({bins[b].mean_probability, rate, {}, rows, counts[2 * b + 1]});
  }
  return calibration_error(drawn);
}

/// Of each draw of rows, or of blocks where there are any.
std::vector<double> drawn_errors(const std::vector<ReliabilityBin>& bins,
                                 const std::vector<BinCounts>& by_block,
                                 const BootstrapPlan& plan) {
  BinCounts counts = counts_of(bins);
  BinCounts times(by_block.size());
  const CountDraws draws(by_block.empty() ? counts : BinCounts(by_block.size(), 1));
  std::vector<double> errors;
  for (std::uint64_t draw = 0; draw < plan.draws; ++draw) {
    Random random(plan.seed, "calibration error", draw);
    if (draws.draw(random, by_block.empty() ? counts : times) == 0) continue;
    if (!by_block.empty()) std::ranges::fill(counts, 0);
    for (std::size_t b = 0; b < by_block.size(); ++b) {
      if (times[b] == 0) continue;
      for (std::size_t i = 0; i < counts.size(); ++i) counts[i] += times[b] * by_block[b][i];
    }
    errors.push_back(error_of_counts(bins, counts));
  }
  return errors;
}

/// Bootstrap of the bins' counts; its percentiles are mirrored at the value, as chance only adds to
/// a mean of distances. Where it adds more than it scatters, the value is the upper end.
Figure error_figure(const ScoreList& probabilities, const EntryBlocks& by_group,
                    const BootstrapPlan& plan) {
  const std::vector<ReliabilityBin> bins = reliability_curve(probabilities);
  const double value = calibration_error(bins);
  const auto by_block =
      by_group.empty() ? std::vector<BinCounts>{} : counts_by_block(probabilities, bins, by_group);
  const Interval range = percentile_interval(drawn_errors(bins, by_block, plan));
  constexpr double kRounding = 1e-12;
  if (!by_block.empty() && range.high - range.low < kRounding) return {value, Figure{}.interval};
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

std::string mean_warning(const CalibrationFigures& figures) {
  const Interval& range = figures.prevalence.interval;
  const double mean = figures.mean_probability;
  if (!(mean < range.low || mean > range.high)) return "";  // also where no interval is known
  return "The mean probability on the test rows is " + fixed(mean, 4) + ", but " +
         fixed(figures.prevalence.value, 4) + " of them are positive (" + fixed(range.low, 4) +
         " to " + fixed(range.high, 4) + "): do not read the probabilities as frequencies.";
}

/// A slope a little off does no harm; nothing where no interval is known.
std::string slope_warning(const CalibrationFigures& figures) {
  constexpr double kTimid = 1.25;
  const Interval& range = figures.slope.interval;
  const bool timid = range.low > kTimid;
  if (!timid && !(range.high < 1 / kTimid)) return "";
  return "The calibration slope on the test rows is " + fixed(figures.slope.value, 2) + " (" +
         fixed(range.low, 2) + " to " + fixed(range.high, 2) +
         ") instead of 1: probabilities are " +
         (timid ? "too timid, high ones too low and low ones too high."
                : "too bold, high ones too high and low ones too low.");
}

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

std::vector<ReliabilityBin> reliability_curve(const ScoreList& probabilities,
                                              const EntryBlocks& by_group) {
  std::vector<ReliabilityBin> bins = reliability_curve(probabilities);
  if (by_group.empty()) return bins;
  Contestant all{"", "", "", probabilities, Flags(probabilities.size(), 0), by_group};
  const auto parts = split_by_level(all, bins_of(probabilities, bins), bins.size());
  for (std::size_t b = 0; b < bins.size(); ++b) {
    bins[b].rate_interval =
        rate_intervals(parts[b].probabilities, parts[b].flags, parts[b].blocks).positive;
  }
  return bins;
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

CalibrationFigures calibration_figures(const ScoreList& probabilities, const EntryBlocks& by_group,
                                       const BootstrapPlan& draws) {
  const ClassTotals totals = class_totals(probabilities);
  const Flags none(probabilities.size(), 0);
  CalibrationFigures figures;
  figures.mean_probability = mean_of(probabilities);
  figures.prevalence = {totals.base_rate(), rate_intervals(probabilities, none, by_group).positive};
  figures.brier = brier_figure(probabilities, by_group);
  fill_slope(probabilities, by_group, figures);
  figures.ece = error_figure(probabilities, by_group, draws);
  if (few_blocks(by_group) || std::min(totals.n0, totals.n1) < kFewestForIntervals) {
    take_out_intervals(figures);
  }
  return figures;
}

std::vector<std::string> calibration_warnings(const CalibrationFigures& figures) {
  std::vector<std::string> warnings;
  for (const std::string& warning : {mean_warning(figures), slope_warning(figures)}) {
    if (!warning.empty()) warnings.push_back(warning);
  }
  return warnings;
}

}  // namespace rarewood

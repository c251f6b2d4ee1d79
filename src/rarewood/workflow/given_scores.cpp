#include "rarewood/workflow/given_scores.hpp"

#include <algorithm>
#include <cmath>
#include <compare>
#include <numeric>
#include <tuple>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/evaluate/curve.hpp"
#include "rarewood/evaluate/given_threshold.hpp"

namespace rarewood {
namespace {

void refuse_off_scale(const std::vector<double>& scores, const std::string& column) {
  for (std::size_t row = 0; row < scores.size(); ++row) {
    if (scores[row] >= 0 && scores[row] <= 1) continue;
    throw Error(ErrorKind::data,
                "The score column '" + column + "' holds " + shortest(scores[row]) + " in row " +
                    thousands(row + 1) +
                    ", which is no probability. Say --scale log_odds if scores are log-odds, or "
                    "--scale rank if only their order counts.");
  }
}

template <typename Value>
std::vector<Value> distinct_of(std::vector<Value> values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

template <typename Value>
std::size_t place_of(const std::vector<Value>& distinct, const Value& value) {
  return static_cast<std::size_t>(std::lower_bound(distinct.begin(), distinct.end(), value) -
                                  distinct.begin());
}

/// [places] in the order, in (0, 1]
std::vector<double> shares(std::size_t places) {
  std::vector<double> result;
  for (std::size_t place = 1; place <= places; ++place) {
    result.push_back(static_cast<double>(place) / static_cast<double>(places));
  }
  return result;
}

/// Probabilities of ascending log-odds. Beyond 37 all of them round to 1: they are kept apart by
/// the least a double can hold, as what counts the order of rows must see that of the log-odds.
std::vector<double> probabilities(const std::vector<double>& log_odds) {
  std::vector<double> result;
  for (const double each : log_odds) {
    const double probability = 1 / (1 + std::exp(-each));
    result.push_back(result.empty() ? probability
                                    : std::max(probability, std::nextafter(result.back(), 2.0)));
  }
  double above = std::nextafter(1.0, 2.0);
  for (std::size_t i = result.size(); i-- > 0;) {
    result[i] = std::min(result[i], std::nextafter(above, 0.0));
    above = result[i];
  }
  return result;
}

constexpr std::size_t kFifths = 5;

/// A fifth of the groups each, in the order of their keys.
std::vector<std::uint32_t> folds_of(const std::vector<std::uint64_t>& keys) {
  const std::vector<std::uint64_t> distinct = distinct_of(keys);
  if (distinct.size() < 2) {
    throw Error(
        ErrorKind::data,
        "--threshold f1 or cost chooses for each group on the others, and all rows are of one "
        "group. Give a number as --threshold, or rows of more groups.");
  }
  std::vector<std::uint32_t> folds;
  for (const std::uint64_t key : keys) {
    folds.push_back(static_cast<std::uint32_t>(place_of(distinct, key) % kFifths));
  }
  return folds;
}

/// Every fifth row each, in the order of label, score and place: the same for any order of the
/// table.
std::vector<std::uint32_t> folds_of(const ScoreList& list,
                                    const std::vector<std::uint32_t>& places) {
  const auto among_equal = [&](std::size_t row) { return places.empty() ? 0 : places[row]; };
  std::vector<std::size_t> order(list.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::tuple(list[a].n1, list[a].score, among_equal(a), a) <
           std::tuple(list[b].n1, list[b].score, among_equal(b), b);
  });
  std::vector<std::uint32_t> folds(list.size());
  for (std::size_t place = 0; place < order.size(); ++place) {
    folds[order[place]] = static_cast<std::uint32_t>(place % kFifths);
  }
  return folds;
}

/// Of two rows, by all that they are judged by.
std::partial_ordering compare_rows(const ScoredRows& rows, std::uint32_t a, std::uint32_t b) {
  std::partial_ordering order = rows.labels.positive[a] <=> rows.labels.positive[b];
  const auto then = [&](const auto& values) {
    if (order == 0) order = values[a] <=> values[b];
  };
  for (const std::vector<double>& scores : rows.scores) then(scores);
  if (!rows.costs.empty()) then(rows.costs);
  for (const RowLevels& levels : rows.by) then(levels.of);
  return order;
}

/// What the number after --threshold is compared with, and whether it can be.
double number_of(const EvaluateOptions& options) {
  const auto number = parse_double(options.threshold.empty() ? kUsualThreshold : options.threshold);
  const bool rank = options.scale == "rank";
  if (!number || (!rank && (*number <= 0 || *number >= 1))) {
    throw Error(ErrorKind::usage, std::string("--threshold must be f1, cost or a ") +
                                      (rank ? "score" : "probability between 0 and 1") + ", not '" +
                                      options.threshold + "'." +
                                      did_you_mean(options.threshold, {"f1", "cost"}));
  }
  return *number;
}

}  // namespace

std::vector<double> on_scale(const std::vector<double>& scores, const EvaluateOptions& options,
                             const std::string& column) {
  if (options.scale == "probability") {
    refuse_off_scale(scores, column);
    return scores;
  }
  const std::vector<double> distinct = distinct_of(scores);
  const std::vector<double> stand_for =
      options.scale == "rank" ? shares(distinct.size()) : probabilities(distinct);
  std::vector<double> result;
  result.reserve(scores.size());
  for (const double score : scores) result.push_back(stand_for[place_of(distinct, score)]);
  return result;
}

GivenFlags decided_flags(const std::vector<std::uint8_t>& decided,
                         const std::vector<double>& scores, const std::string& column) {
  double least = std::numeric_limits<double>::infinity();  // of those predicted positive
  double most = -least;                                    // of the others
  for (std::size_t row = 0; row < decided.size(); ++row) {
    if (decided[row] != 0) {
      least = std::min(least, scores[row]);
    } else {
      most = std::max(most, scores[row]);
    }
  }
  if (most > least) {
    throw Error(ErrorKind::data,
                "The column '" + column + "' does not go by the scores: a row of " +
                    shortest(most) + " has not the label that one of " + shortest(least) +
                    " has, so these are no decisions of this model. Say how rows are predicted "
                    "positive with --threshold, such as f1 or 0.5.");
  }
  return {{decided.begin(), decided.end()}, least, least, least, column};
}

std::vector<std::uint32_t> places_of_rows(const ScoredRows& rows) {
  std::vector<std::uint32_t> order(rows.labels.positive.size());
  std::iota(order.begin(), order.end(), std::uint32_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return compare_rows(rows, a, b) < 0; });
  std::vector<std::uint32_t> places(order.size());
  for (std::size_t i = 1; i < order.size(); ++i) {
    const bool alike = compare_rows(rows, order[i - 1], order[i]) == 0;
    places[order[i]] = places[order[i - 1]] + (alike ? 0 : 1);
  }
  return places;
}

GivenFlags given_flags(const ScoreList& list, const std::vector<double>& scores,
                       const Dealing& dealing, const EvaluateOptions& options) {
  ScoreList cut = list;  // on the scale that thresholds are told in
  if (options.scale == "rank") {
    for (std::size_t row = 0; row < cut.size(); ++row) cut[row].score = scores[row];
  }
  const bool chosen_here = options.threshold == "f1" || options.threshold == "cost";
  if (!chosen_here) {
    const double number = number_of(options);
    GivenFlags given{{}, number, number, number};
    for (const ScoreCount& row : cut) given.flags.push_back(row.score >= number ? 1 : 0);
    return given;
  }
  const ThresholdRule rule = options.threshold == "f1" ? ThresholdRule{} : judged_rule(options);
  const CrossFitted chosen = cross_fitted_cuts(
      rule, cut, dealing.keys.empty() ? folds_of(cut, dealing.places) : folds_of(dealing.keys));
  const auto [lowest, highest] =
      std::minmax_element(chosen.thresholds.begin(), chosen.thresholds.end());
  GivenFlags given{chosen.flags, 0, *lowest, *highest};
  for (const double each : chosen.thresholds) {
    given.threshold += each / static_cast<double>(chosen.thresholds.size());
  }
  return given;
}

}  // namespace rarewood

// How often the 95 % intervals of figures out of fold hold the truth, simulated: those of all rows
// (repeated cross-fitting, judge_on_all_rows) and the AUC within folds (fold_auc_interval).
// Arguments: one scenario each, as "separation,base_rate,positives", then the number of
// simulations. Prints a line of JSON a scenario; coverage.py makes the table of it.
//
// A population is a table of six columns of four values each, all rows equally likely, with a
// chance of being positive each: what a model is worth is known to the last digit. Each simulation
// draws a table, trains on four fifths of it as `train` does, and judges by both ways on all of it.
// Three truths: what the procedure's models are worth on average over training tables; what the
// model is worth that was trained on this one; what the models are worth on average that judged it.

#include <algorithm>
#include <cmath>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <nlohmann/json.hpp>

#include "rarewood/base/parallel.hpp"
#include "rarewood/base/random.hpp"
#include "rarewood/evaluate/fold_auc.hpp"
#include "rarewood/model/score.hpp"
#include "rarewood/pattern/count.hpp"
#include "rarewood/workflow/all_rows.hpp"
#include "scenario_probe.hpp"

using nlohmann::ordered_json;

namespace rarewood {
namespace {

constexpr std::size_t kColumns = 6;
constexpr std::size_t kPatterns = 4096;  ///< 4^6
constexpr std::uint32_t kFolds = 5;
constexpr int kCuts = 5;  ///< into folds, for the AUC within folds

struct Scenario {
  double separation = 0;  ///< standard deviation of the log-odds, nearly
  double base_rate = 0;
  double positives = 0;  ///< expected in a table
};

struct Population {
  FeatureSchema schema;
  Columns columns;             ///< every row once
  std::vector<double> chance;  ///< [patterns] of being positive
};

float value_of(std::size_t pattern, std::size_t column) {
  return static_cast<float>((pattern >> (2 * column)) & 3U);
}

/// Three columns that matter, two that do so together only, one that does not.
double log_odds(std::size_t pattern) {
  const auto at = [&](std::size_t column) {
    return static_cast<double>(value_of(pattern, column)) - 1.5;
  };
  return (0.9 * at(0) + 0.6 * at(1) + 0.3 * at(2) + 0.2 * at(3) * at(4)) / 1.3;
}

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

Population make_population(const Scenario& scenario) {
  Population population;
  population.schema.target.name = "y";
  population.columns = {kPatterns, std::vector<std::vector<float>>(kColumns)};
  for (std::size_t c = 0; c < kColumns; ++c) {
    population.schema.features.push_back({"x" + std::to_string(c), FeatureKind::number, {}});
    for (std::size_t p = 0; p < kPatterns; ++p) {
      population.columns.values[c].push_back(value_of(p, c));
    }
  }
  const auto chance = [&](std::size_t p, double offset) {
    return sigmoid(scenario.separation * log_odds(p) + offset);
  };
  double low = -60;
  double high = 60;
  for (int step = 0; step < 100; ++step) {
    const double middle = (low + high) / 2;
    double sum = 0;
    for (std::size_t p = 0; p < kPatterns; ++p) sum += chance(p, middle);
    (sum < scenario.base_rate * kPatterns ? low : high) = middle;
  }
  for (std::size_t p = 0; p < kPatterns; ++p) population.chance.push_back(chance(p, low));
  return population;
}

/// Rows drawn from the population.
struct Drawn {
  Columns columns;
  std::vector<std::uint8_t> positive;
};

Drawn draw_rows(const Scenario& scenario, const Population& population, Random random) {
  const auto rows = static_cast<std::size_t>(scenario.positives / scenario.base_rate);
  Drawn drawn{{rows, std::vector<std::vector<float>>(kColumns)}, {}};
  for (std::size_t row = 0; row < rows; ++row) {
    const auto pattern = static_cast<std::size_t>(random.below(kPatterns));
    for (std::size_t c = 0; c < kColumns; ++c) {
      drawn.columns.values[c].push_back(value_of(pattern, c));
    }
    drawn.positive.push_back(random.uniform() < population.chance[pattern] ? 1 : 0);
  }
  return drawn;
}

/// What the model is worth: on the population, to the last digit.
Metrics worth_of(const Model& model, const Population& population) {
  constexpr double kMany = 1e7;
  const Predictions said = predict(model, population.columns, {});
  ScoreList list;
  for (std::size_t p = 0; p < kPatterns; ++p) {
    const auto n1 = static_cast<std::uint64_t>(std::llround(kMany * population.chance[p]));
    list.push_back(
        {static_cast<double>(said.probability[p]), static_cast<std::uint64_t>(kMany) - n1, n1});
  }
  return compute_metrics(list, model.threshold.probability);
}

Model model_of(const FitPart& part, const OofScores& scores, const RunRecipe& recipe,
               const FeatureSchema& schema) {
  const Decision decision = decide(scores, recipe.plan, {});
  return {schema,
          recipe.method.learner->fit(part, {}, {}),
          decision.calibrator,
          decision.threshold,
          {}};
}

OofScores out_of_fold(const TrainPart& train, const RunRecipe& recipe) {
  return OutOfFold::score(train, {{*recipe.method.learner, *recipe.method.resampler}}, {}).front();
}

using Worth = std::map<std::string, double>;  ///< by metric

/// Of the model that `train` saves.
Worth worth_of_trained(const CountedTable& counted, const RunRecipe& recipe,
                       const Population& population) {
  const TrainPart train = split_by_fold(counted.cells, counted.folds).train;
  const OofScores scores = out_of_fold(train, recipe);
  return metrics_by_name(
      worth_of(model_of(train.all(), scores, recipe, counted.schema), population));
}

/// Mean of the very models, calibrators and thresholds that judge_on_all_rows() makes, in its
/// folds.
Worth worth_of_judges(const CellTable& all, const RunRecipe& recipe, const Population& population) {
  Worth worth;
  for (std::uint64_t repeat = 0; repeat < kCuts; ++repeat) {
    const std::uint64_t seed = Random(recipe.request.seed, "all rows", repeat).bits();
    const TrainPart train = train_on_all(draw_folds(all, kFolds, seed), kFolds);
    const OofScores scores = out_of_fold(train, recipe);
    for (std::uint32_t k = 0; k < kFolds; ++k) {
      const FitAndCheck fold = train.fold(k);
      const Model model = model_of(fold.fit, scores.without_fold(k), recipe, population.schema);
      for (const auto& [name, value] : metrics_by_name(worth_of(model, population))) {
        worth[name] += value / (kCuts * kFolds);
      }
    }
  }
  return worth;
}

/// Entries of rows judged within the folds of some cuts.
struct JudgedRows {
  ScoreList list;
  std::vector<std::uint32_t> fold;
  std::vector<std::uint32_t> row;
};

/// A fold for each row, by chance as a hash would; each fold has both classes.
std::vector<std::uint32_t> draw_row_folds(const std::vector<std::uint8_t>& positive,
                                          Random& random) {
  std::vector<std::uint32_t> folds;
  bool complete = false;
  while (!complete) {
    folds.clear();
    std::uint32_t seen = 0;
    for (const std::uint8_t label : positive) {
      folds.push_back(static_cast<std::uint32_t>(random.below(kFolds)));
      seen |= 1U << (2 * folds.back() + label);
    }
    complete = seen + 1 == 1U << (2 * kFolds);
  }
  return folds;
}

void judge_cut(const Drawn& drawn, const Population& population, const RunRecipe& recipe,
               Random random, JudgedRows& judged) {
  const std::vector<std::uint32_t> folds = draw_row_folds(drawn.positive, random);
  const CountedRows counted =
      count_rows(drawn.columns, population.schema, drawn.positive, folds, {});
  const TrainPart train = train_on_all(counted.table, kFolds);
  const OofScores scores = out_of_fold(train, recipe);
  std::map<std::pair<std::uint32_t, std::uint32_t>, double> score_of;  // by fold and pattern
  std::size_t entry = 0;
  for (std::uint32_t k = 0; k < kFolds; ++k) {
    const CheckPart check = train.fold(k).check;
    for (const PatternCount& count : check.counts()) {
      score_of[{k, count.pattern}] = scores.list()[entry++].score;
    }
  }
  const std::uint32_t first =
      judged.fold.empty() ? 0 : judged.fold.back() / kFolds * kFolds + kFolds;
  for (std::size_t row = 0; row < folds.size(); ++row) {
    const std::uint64_t n1 = drawn.positive[row];
    judged.list.push_back({score_of.at({folds[row], counted.pattern[row]}), 1 - n1, n1});
    judged.fold.push_back(first + folds[row]);
    judged.row.push_back(static_cast<std::uint32_t>(row));
  }
}

/// A figure with its interval.
struct Claim {
  double value = 0;
  Interval interval;
};

Claim auc_claim(const JudgedRows& judged, bool repeated) {
  std::vector<double> score;
  std::vector<std::uint32_t> of_class[2];
  for (const ScoreCount& entry : judged.list) {
    score.push_back(entry.score);
    of_class[0].push_back(static_cast<std::uint32_t>(entry.n0));
    of_class[1].push_back(static_cast<std::uint32_t>(entry.n1));
  }
  const double auc = FoldAuc(score, judged.fold).value(of_class[0], of_class[1]);
  const EntryBlocks by_row = repeated ? blocks_of_entries(judged.list, judged.row) : EntryBlocks{};
  return {auc, fold_auc_interval(auc, judged.list, judged.fold, by_row)};
}

/// What one table comes to.
struct Outcome {
  Worth of_trained;
  Worth of_judges;
  std::map<std::string, Claim> claims;
};

Outcome simulated_once(const Scenario& scenario, const Population& population, std::uint64_t i) {
  TrainRequest request;
  request.train.learner = "logistic";
  request.seed = i;
  request.decision.calibration = "platt";
  const Method method = choose_method(request.train, {});
  const DecisionPlan plan = decision_plan(request.decision);
  const RunRecipe recipe{request, method, plan};
  const Drawn drawn = draw_rows(scenario, population, Random(8, "coverage folds", i));
  const CellTable all = count_cells(drawn.columns, population.schema, drawn.positive, {}, {});
  const CellTable cut =
      draw_folds(draw_test_part(all, request.split.test_size, request.seed), kFolds, request.seed);
  const CountedTable counted{population.schema, cut, kFolds, {}, {}};
  Outcome outcome;
  outcome.of_trained = worth_of_trained(counted, recipe, population);
  outcome.of_judges = worth_of_judges(all, recipe, population);
  RunRecord record;
  judge_on_all_rows({}, counted, recipe, record, {});
  for (const auto& [name, interval] : record.all_rows.intervals) {
    outcome.claims[name] = {record.all_rows.metrics.at(name), interval};
  }
  JudgedRows judged;
  for (int c = 0; c < kCuts; ++c) {
    judge_cut(drawn, population, recipe, Random(9, "cuts", i * kCuts + static_cast<unsigned>(c)),
              judged);
    if (c == 0) outcome.claims["fold_auc_one_cut"] = auc_claim(judged, false);
  }
  outcome.claims["fold_auc_five_cuts"] = auc_claim(judged, true);
  return outcome;
}

std::string truth_of(const std::string& claim) {
  return claim.starts_with("fold_auc") ? "auc_roc" : claim;
}

/// Shares of the intervals that hold both truths, and what they are off by.
ordered_json summary(const std::vector<Outcome>& outcomes, const std::string& name) {
  const auto n = static_cast<double>(outcomes.size());
  const std::string metric = truth_of(name);
  double truth = 0;
  for (const Outcome& each : outcomes) truth += each.of_trained.at(metric) / n;
  double given = 0, of_procedure = 0, of_model = 0, of_judges = 0, below = 0, above = 0, off = 0,
         width = 0;
  for (const Outcome& each : outcomes) {
    const auto& [value, interval] = each.claims.at(name);
    if (!(interval.low <= interval.high)) continue;
    const auto holds = [&](double x) { return interval.low <= x && x <= interval.high ? 1 : 0; };
    given += 1;
    of_procedure += holds(truth);
    of_model += holds(each.of_trained.at(metric));
    of_judges += holds(each.of_judges.at(metric));
    below += interval.high < truth ? 1 : 0;
    above += interval.low > truth ? 1 : 0;
    off += value - truth;
    width += interval.high - interval.low;
  }
  return {{"truth", truth},
          {"off", off / given},
          {"width", width / given},
          {"procedure", of_procedure / given},
          {"model", of_model / given},
          {"judges", of_judges / given},
          {"below", below / given},
          {"above", above / given},
          {"given", given / n}};
}

ordered_json simulate(const std::string& text, const Scenario& scenario, std::size_t simulations) {
  const Population population = make_population(scenario);
  std::vector<Outcome> outcomes(simulations);
  Control control;
  control.threads = static_cast<int>(std::thread::hardware_concurrency());
  parallel_for(control, simulations,
               [&](std::size_t i) { outcomes[i] = simulated_once(scenario, population, i); });
  ordered_json out{{"scenario", text}, {"simulations", simulations}};
  for (const auto& [name, claim] : outcomes.front().claims) out[name] = summary(outcomes, name);
  return out;
}

Scenario read_scenario(const std::string& text) {
  std::istringstream in(text);
  Scenario scenario;
  char comma = 0;
  in >> scenario.separation >> comma >> scenario.base_rate >> comma >> scenario.positives;
  if (!in) throw std::runtime_error("A scenario is three numbers, not '" + text + "'.");
  return scenario;
}

}  // namespace
}  // namespace rarewood

int main(int count, char** words) {
  using namespace rarewood;
  return run_scenarios(count, words, [](const std::string& text, std::size_t simulations) {
    return simulate(text, read_scenario(text), simulations);
  });
}

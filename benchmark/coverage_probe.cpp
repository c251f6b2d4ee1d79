// How often 95 % intervals hold the truth, simulated. Arguments: one scenario each, as
// "separation,base_rate,positives,distinct_scores,twins", then the number of simulations. Prints a
// line of JSON a scenario: {scenario, per metric its truth and the shares of intervals that hold it
// and lie above it}, for the intervals rarewood reports, for plain percentiles of 200 bootstrap
// draws, and for differences between two models. coverage.py makes the table of it.
//
// A population is a list of scores with a chance of being positive each, so that every metric's
// truth is known: it is the metric of the population itself. Samples are drawn from it.

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
#include "rarewood/evaluate/bootstrap.hpp"
#include "rarewood/evaluate/interval.hpp"
#include "rarewood/evaluate/paired.hpp"
#include "scenario_probe.hpp"

using nlohmann::ordered_json;

namespace rarewood {
namespace {

struct Scenario {
  double separation = 0;  ///< standard deviation of the log-odds
  double base_rate = 0;
  double positives = 0;     ///< expected in a sample
  int distinct = 0;         ///< scores
  std::uint32_t twins = 1;  ///< rows that come together, alike in score and class
};

struct Population {
  std::vector<double> score;  ///< of the model: its log-odds are right but for the factor 0.8
  std::vector<double> rival;  ///< of a model that knows sixteen scores only
  std::vector<double> chance;
  double threshold = 0;  ///< of best F1
};

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

/// The log-odds whose share below is (i + 0.5) / n; near enough to a normal distribution.
double spread_log_odds(int i, int n) {
  const double share = (i + 0.5) / n;
  return std::log(share / (1 - share)) * std::sqrt(3.0) / 3.141592653589793;
}

double mean_chance(const Scenario& scenario, double offset) {
  double sum = 0;
  for (int i = 0; i < scenario.distinct; ++i) {
    sum += sigmoid(scenario.separation * spread_log_odds(i, scenario.distinct) + offset);
  }
  return sum / scenario.distinct;
}

ScoreList as_rows(const std::vector<double>& scores, const std::vector<double>& chance) {
  constexpr double kMany = 1e7;
  ScoreList list;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const auto n1 = static_cast<std::uint64_t>(std::llround(kMany * chance[i]));
    list.push_back({scores[i], static_cast<std::uint64_t>(kMany) - n1, n1});
  }
  return list;
}

Population make_population(const Scenario& scenario) {
  double low = -60;
  double high = 60;
  for (int i = 0; i < 100; ++i) {
    const double middle = (low + high) / 2;
    (mean_chance(scenario, middle) < scenario.base_rate ? low : high) = middle;
  }
  Population population;
  const int alike = std::max(2, scenario.distinct / 16);
  for (int i = 0; i < scenario.distinct; ++i) {
    const double odds = scenario.separation * spread_log_odds(i, scenario.distinct) + low;
    population.chance.push_back(sigmoid(odds));
    population.score.push_back(sigmoid(0.8 * odds));
    const int group = std::min(scenario.distinct - 1, i / alike * alike + alike / 2);
    population.rival.push_back(
        sigmoid(scenario.separation * spread_log_odds(group, scenario.distinct) + low));
  }
  double best = 0;
  const ScoreList rows = as_rows(population.score, population.chance);
  for (int i = 0; i < scenario.distinct; i += std::max(1, scenario.distinct / 200)) {
    const double f1 = f1_score(confusion_at(rows, population.score[static_cast<std::size_t>(i)]));
    if (f1 <= best) continue;
    best = f1;
    population.threshold = population.score[static_cast<std::size_t>(i)];
  }
  return population;
}

struct Sample {
  ScoreList model;
  ScoreList rival;
  EntryBlocks blocks;
};

Sample draw_sample(const Scenario& scenario, const Population& population, Random random) {
  const double rows = scenario.positives / scenario.base_rate;
  Sample sample;
  std::vector<std::uint32_t> blocks;
  for (std::uint32_t row = 0; row < rows / scenario.twins; ++row) {
    const auto at = static_cast<std::size_t>(random.below(population.score.size()));
    const bool positive = random.uniform() < population.chance[at];
    const std::uint64_t n0 = positive ? 0 : scenario.twins;
    const std::uint64_t n1 = positive ? scenario.twins : 0;
    sample.model.push_back({population.score[at], n0, n1});
    sample.rival.push_back({population.rival[at], n0, n1});
    if (scenario.twins > 1) blocks.push_back(row);
  }
  sample.blocks = blocks_of_entries(sample.model, blocks);
  return sample;
}

/// What was asked of an interval.
struct Hit {
  bool given = false;  ///< there is an interval: few rows of a class have none
  bool holds = false;
  bool above = false;  ///< the truth lies below the interval
};

using Hits = std::map<std::string, Hit>;

Hit hit(const Interval& interval, double truth) {
  return {!std::isnan(interval.low), interval.low <= truth && truth <= interval.high,
          truth < interval.low};
}

Interval drawn(const MetricDraws& one, const MetricDraws* less, double Metrics::* metric) {
  std::vector<double> values;
  for (std::size_t i = 0; i < one.size(); ++i) {
    values.push_back(one[i].*metric - (less == nullptr ? 0 : (*less)[i].*metric));
  }
  return percentile_interval(std::move(values));
}

struct Truth {
  Metrics model;
  Metrics rival;
};

using DifferenceInterval = DifferenceTest (*)(const Pair& pair);

DifferenceTest f1_difference(const Pair& pair) { return figure_difference({}, pair); }

const std::map<std::string, DifferenceInterval> kDifferences{
    {"f1_score", f1_difference},
    {"auc_roc", auc_difference},
    {"average_precision", average_precision_difference},
    {"log_loss", log_loss_difference}};

Hits judge(const Sample& sample, const Population& population, const Truth& truth,
           std::uint64_t seed) {
  const Flags flags = flags_at(sample.model, population.threshold);
  const Flags rival_flags = flags_at(sample.rival, population.threshold);
  Hits hits;
  const auto intervals = metric_intervals(sample.model, flags, sample.blocks).intervals;
  const auto draws =
      bootstrap(sample.model, {Ranking(sample.model, flags), Ranking(sample.rival, rival_flags)},
                sample.blocks, {200, seed}, {});
  for (const MetricInfo& metric : kMetrics) {
    const std::string name = metric.name;
    hits[name] = hit(intervals.at(name), truth.model.*metric.value);
    hits["percentile " + name] =
        hit(drawn(draws[0], nullptr, metric.value), truth.model.*metric.value);
  }
  for (const auto& [name, difference] : kDifferences) {
    const MetricInfo& metric =
        *std::find_if(kMetrics.begin(), kMetrics.end(),
                      [&name = name](const MetricInfo& each) { return each.name == name; });
    const double expected = truth.model.*metric.value - truth.rival.*metric.value;
    hits["difference " + name] = hit(
        difference({{sample.model, flags}, {sample.rival, rival_flags}, sample.blocks}).interval,
        expected);
    hits["percentile difference " + name] = hit(drawn(draws[0], &draws[1], metric.value), expected);
  }
  return hits;
}

ordered_json simulate(const std::string& text, const Scenario& scenario, std::size_t simulations) {
  const Population population = make_population(scenario);
  const Truth truth{
      compute_metrics(as_rows(population.score, population.chance), population.threshold),
      compute_metrics(as_rows(population.rival, population.chance), population.threshold)};
  std::vector<Hits> all(simulations);
  Control control;
  control.threads = static_cast<int>(std::thread::hardware_concurrency());
  parallel_for(control, simulations, [&](std::size_t i) {
    all[i] =
        judge(draw_sample(scenario, population, Random(7, "coverage", i)), population, truth, i);
  });
  ordered_json out{
      {"scenario", text}, {"simulations", simulations}, {"truth", metrics_by_name(truth.model)}};
  for (const auto& [name, first] : all.front()) {
    std::size_t given = 0;
    std::size_t holds = 0;
    std::size_t above = 0;
    for (const Hits& hits : all) {
      given += hits.at(name).given;
      holds += hits.at(name).holds;
      above += hits.at(name).above;
    }
    const auto share = [&](std::size_t n) {
      return static_cast<double>(n) / static_cast<double>(std::max<std::size_t>(given, 1));
    };
    out["holds"][name] = share(holds);
    out["above"][name] = share(above);
  }
  return out;
}

Scenario read_scenario(const std::string& text) {
  std::istringstream in(text);
  Scenario scenario;
  char comma = 0;
  in >> scenario.separation >> comma >> scenario.base_rate >> comma >> scenario.positives >>
      comma >> scenario.distinct >> comma >> scenario.twins;
  if (!in || scenario.distinct == 0 || scenario.twins == 0)
    throw std::runtime_error("A scenario is five numbers, not '" + text + "'.");
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

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rarewood/option/command_spec.hpp"

namespace rarewood {

/// A small program for the tests of this room: one command with two learners, one without.
enum class TestLearner { forest, xgboost };

struct TestTrainOptions {
  std::string table = "data.parquet";
  TestLearner learner = TestLearner::forest;
  std::string strategy = {};
  std::vector<std::string> exclude = {};
  Pairs known = {};
  bool verbose = false;
  Secret password = {};
};

struct TestForestOptions {
  int n_estimators = 100;
  std::optional<int> max_depth = {};
  double max_samples = 1;
  bool bootstrap = true;
};

struct TestXgboostOptions {
  int n_estimators = 200;
  double learning_rate = 0.1;
};

inline OptionTable<TestTrainOptions> test_train_table() {
  OptionTable<TestTrainOptions> table("train");
  table.add(&TestTrainOptions::table, "table", "Table to learn from")
      .choice(&TestTrainOptions::learner, "learner", "What learns",
              {{"forest", TestLearner::forest}, {"xgboost", TestLearner::xgboost}})
      .add(&TestTrainOptions::strategy, "strategy", "A named list of values")
      .add(&TestTrainOptions::exclude, "exclude", "Columns to leave out")
      .add(&TestTrainOptions::known, "known", "When columns are known")
      .add(&TestTrainOptions::verbose, "verbose", "Say more")
      .alias("chatty")
      .add(&TestTrainOptions::password, "password", "Key of the store")
      .environment({"SHOP_PASSWORD"});
  return table;
}

inline OptionTable<TestForestOptions> test_forest_table() {
  OptionTable<TestForestOptions> table("forest");
  table
      .add(&TestForestOptions::n_estimators, "n_estimators", "Number of trees",
           {.lowest = 1, .highest = 10000})
      .add(&TestForestOptions::max_depth, "max_depth", "Levels of a tree", {.lowest = 1})
      .add(&TestForestOptions::max_samples, "max_samples", "Share of rows a tree sees",
           {.lowest = 0, .highest = 1, .lowest_excluded = true})
      .add(&TestForestOptions::bootstrap, "bootstrap", "Draw rows with replacement");
  return table;
}

inline OptionTable<TestXgboostOptions> test_xgboost_table() {
  OptionTable<TestXgboostOptions> table("xgboost");
  table
      .add(&TestXgboostOptions::n_estimators, "n_estimators", "number of rounds",
           {.lowest = 1, .highest = 10000})
      .add(&TestXgboostOptions::learning_rate, "learning_rate", "Weight of a round",
           {.lowest = 0, .highest = 1, .lowest_excluded = true});
  return table;
}

inline ProgramSpec test_program() {
  CommandSpec train{.name = "train", .summary = "Train a model", .examples = {}, .groups = {}};
  train.examples = {{"shop train my.csv", "any table"}};
  train.groups = {option_group(test_train_table()),
                  only_with(option_group(test_forest_table()), "learner", {"forest"}),
                  only_with(option_group(test_xgboost_table()), "learner", {"xgboost"})};
  train.positional = "table";
  train.contradictions = {{"verbose", "exclude"}};
  train.presets = {{"deep",
                    "few deep trees",
                    {{"train", "learner", "forest"},
                     {"forest", "n_estimators", "20"},
                     {"forest", "max_depth", "30"}}}};
  CommandSpec sample{
      .name = "sample", .summary = "Write sample data", .examples = {}, .groups = {}};
  OptionTable<TestXgboostOptions> table("sample");
  table.add(&TestXgboostOptions::n_estimators, "sessions", "How many");
  sample.groups = {option_group(table)};
  sample.required = {"sessions"};
  return {"shop", "Learn from a shop.", "1.2.3", {{"shop sample", "make data"}}, {sample, train}};
}

/// The sentence and kind of what `call` throws; "" if it throws no Error.
template <typename Call>
std::string refusal(const Call& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.kind() == ErrorKind::usage ? error.what() : "not a usage error";
  }
  return "";
}

}  // namespace rarewood

#include "rarewood/option/gather.hpp"

#include <cstdlib>

#include <gtest/gtest.h>

#include "rarewood/option/test_program.hpp"

namespace rarewood {
namespace {

/// A variable that is set while it lives.
class Variable {
 public:
  Variable(const char* name, const char* text) : name_(name) { ::setenv(name, text, 1); }
  ~Variable() { ::unsetenv(name_); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
};

RawOptions flags(const std::map<std::string, std::string>& texts) {
  RawOptions raw;
  for (const auto& [name, text] : texts) raw[name] = {text};
  return raw;
}

Gathered train(const std::map<std::string, std::string>& texts, const std::string& file = "") {
  const ProgramSpec program = test_program();
  return gather(program.commands[1], flags(texts),
                read_config(file, "shop.toml", all_groups(program)));
}

TEST(Gather, FlagOverEnvironmentOverFileOverPresetOverDefault) {
  const std::string file = "[forest]\nn_estimators = 3\n";
  EXPECT_FALSE(train({}).raw.contains("n_estimators"));
  EXPECT_EQ(train({{"strategy", "deep"}}).raw.at("n_estimators").text, "20");
  EXPECT_EQ(train({{"strategy", "deep"}}).raw.at("n_estimators").origin, Origin::preset);
  EXPECT_EQ(train({{"strategy", "deep"}}, file).raw.at("n_estimators").text, "3");
  const Variable variable("RAREWOOD_N_ESTIMATORS", "4");
  EXPECT_EQ(train({{"strategy", "deep"}}, file).raw.at("n_estimators").text, "4");
  EXPECT_EQ(train({{"n_estimators", "5"}}, file).raw.at("n_estimators").text, "5");
}

TEST(Gather, ThePresetMayComeFromTheFile) {
  const auto gathered = train({{"n_estimators", "50"}}, "[train]\nstrategy = 'deep'\n");
  EXPECT_EQ(gathered.raw.at("n_estimators").text, "50");
  EXPECT_EQ(gathered.raw.at("max_depth").text, "30");
  EXPECT_EQ(
      gathered.preset_line,
      "Strategy deep (shop.toml, line 2): --learner forest --n-estimators 50 (as you said, not 20) "
      "--max-depth 30");
}

TEST(Gather, APresetOfTheFileIsNotForATableNamedOnTheCommandLine) {
  const std::string file = "[train]\nstrategy = 'deep'\n";
  const auto gathered = train({{"table", "my.csv"}}, file);
  EXPECT_FALSE(gathered.raw.contains("max_depth"));
  EXPECT_EQ(gathered.preset_line,
            "Strategy deep (shop.toml, line 2) is for the store's own table and was left out. "
            "--strategy deep asks for it.");
  EXPECT_EQ(train({{"table", "my.csv"}, {"strategy", "deep"}}, file).raw.at("max_depth").text,
            "30");
}

TEST(Gather, APresetOfTheFileCanBeTakenBack) {
  const auto gathered = train({{"strategy", "none"}}, "[train]\nstrategy = 'deep'\n");
  EXPECT_FALSE(gathered.raw.contains("max_depth"));
  EXPECT_EQ(gathered.preset_line, "");
}

TEST(Gather, APresetOfAnotherLearnerLeavesItsValues) {
  const auto gathered = train({{"strategy", "deep"}, {"learner", "xgboost"}});
  EXPECT_FALSE(gathered.raw.contains("n_estimators"));
  EXPECT_EQ(gathered.preset_line, "Strategy deep: --learner xgboost (as you said, not forest)");
}

TEST(Gather, ReadsTheSectionOfTheChosenLearnerOnly) {
  const std::string file = "[forest]\nn_estimators = 3\n[xgboost]\nn_estimators = 7\n";
  EXPECT_EQ(train({}, file).raw.at("n_estimators").text, "3");
  EXPECT_EQ(train({{"learner", "xgboost"}}, file).raw.at("n_estimators").text, "7");
}

TEST(Gather, RefusesOptionsOfALearnerNotChosen) {
  EXPECT_EQ(refusal([] { train({{"learning_rate", "0.3"}}); }),
            "--learning-rate goes with --learner xgboost, but learner is 'forest'. "
            "Leave one of the two out.");
}

TEST(Gather, StandardVariablesComeAfterOurs) {
  const Variable standard("SHOP_PASSWORD", "one");
  EXPECT_EQ(train({}).raw.at("password").place, "SHOP_PASSWORD");
  const Variable ours("RAREWOOD_PASSWORD", "two");
  EXPECT_EQ(train({}).raw.at("password").text, "two");
  const Variable empty("RAREWOOD_MAX_DEPTH", "");
  EXPECT_FALSE(train({}).raw.contains("max_depth"));
}

TEST(Gather, AWrongValueNamesItsPlace) {
  EXPECT_EQ(refusal([] { test_forest_table().make(train({}, "[forest]\nmax_depth = 0\n").raw); }),
            "shop.toml, line 2: --max-depth must be an integer of at least 1, not '0'.");
  const Variable variable("RAREWOOD_MAX_DEPTH", "low");
  EXPECT_EQ(refusal([] { test_forest_table().make(train({}).raw); }),
            "RAREWOOD_MAX_DEPTH: --max-depth must be an integer of at least 1, not 'low'.");
}

TEST(Gather, RefusesUnknownPresetsContradictionsAndGaps) {
  EXPECT_EQ(refusal([] { train({}, "[train]\nstrategy = 'depe'\n"); }),
            "shop.toml, line 2: --strategy must be one of none, deep, not 'depe'. Did you mean "
            "'deep'?");
  EXPECT_EQ(refusal([] { train({{"verbose", "true"}}, "[train]\nexclude = ['a']\n"); }),
            "--verbose and --exclude (shop.toml, line 2) contradict each other. "
            "Give one of them.");
  EXPECT_EQ(refusal([] { gather(test_program().commands[0], {}, {}); }),
            "'rarewood sample' needs --sessions: how many. See 'rarewood sample --help'.");
}

TEST(Gather, ANamedFileMustBeThere) {
  EXPECT_THROW(find_config(test_program(), flags({{"config", "/nowhere/x.toml"}})), Error);
}

}  // namespace
}  // namespace rarewood

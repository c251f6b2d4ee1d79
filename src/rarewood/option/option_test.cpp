#include "rarewood/option/option.hpp"

#include <gtest/gtest.h>

#include "rarewood/option/command_line.hpp"
#include "rarewood/option/gather.hpp"
#include "rarewood/option/help.hpp"
#include "rarewood/option/reference.hpp"
#include "rarewood/option/test_program.hpp"

namespace rarewood {
namespace {

/// A learner's options plus one that no other file of this project knows.
struct NewOptions {
  int n_estimators = 100;
  double leaf_patience = 0.25;
};

OptionTable<NewOptions> new_table() {
  OptionTable<NewOptions> table("forest");
  table.add(&NewOptions::n_estimators, "n_estimators", "Number of trees", {.lowest = 1})
      .add(&NewOptions::leaf_patience, "leaf_patience", "How long a leaf waits", {.lowest = 0});
  return table;
}

ProgramSpec new_program() {
  ProgramSpec program = test_program();
  program.commands[1].groups[1] = only_with(option_group(new_table()), "learner", {"forest"});
  return program;
}

NewOptions run(const ProgramSpec& program, const std::vector<std::string>& words,
               const std::string& file) {
  const CommandLine line = read_command_line(program, words);
  const auto sections = read_config(file, "rarewood.toml", all_groups(program));
  return new_table().make(gather(*line.command, line.flags, sections).raw);
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Option, OneDeclarationReachesFlagsFileHelpPageAndTrackedParams) {
  const ProgramSpec program = new_program();
  EXPECT_EQ(run(program, {"train", "--leaf-patience", "0.5"}, "").leaf_patience, 0.5);
  EXPECT_EQ(run(program, {"train"}, "[forest]\nleaf_patience = 2\n").leaf_patience, 2);
  EXPECT_TRUE(
      contains(command_help(program, program.commands[1], 80),
               "  --leaf-patience NUMBER  How long a leaf waits (at least 0; default 0.25)"));
  EXPECT_TRUE(contains(reference_page(program), "| `--leaf-patience` |"));
  const auto params = new_table().values({.leaf_patience = 3});
  EXPECT_EQ(params[1], (std::pair<std::string, std::string>{"leaf_patience", "3"}));
}

TEST(Option, ReadsWordsByName) {
  const auto made = [](const std::string& text) {
    return test_train_table().make({{"known", {text}}}).known;
  };
  EXPECT_EQ(made("a=before,x=y=after"), (Pairs{{"a", "before"}, {"x=y", "after"}}));
  EXPECT_EQ(made(pairs_text({{"a,b", "1"}, {"c", "2"}})), (Pairs{{"a,b", "1"}, {"c", "2"}}));
  EXPECT_EQ(refusal([&] { made("a"); }),
            "--known must be a list of name=word separated by commas, not 'a'.");
  EXPECT_EQ(refusal([&] { made("a="); }),
            "--known must be a list of name=word separated by commas, not 'a='.");
  EXPECT_EQ(refusal([&] { made("a=1,a=2"); }), "--known names 'a' twice. Keep one of the two.");
  const CommandLine line =
      read_command_line(test_program(), {"train", "--known", "a=1", "--known", "b=2"});
  EXPECT_EQ(made(line.flags.at("known").text), (Pairs{{"a", "1"}, {"b", "2"}}));
}

TEST(Option, RefusesValuesOutOfRange) {
  const auto made = [](const std::string& name, const std::string& text) {
    return refusal([&] { test_forest_table().make({{name, {text}}}); });
  };
  EXPECT_EQ(made("n_estimators", "0"), "--n-estimators must be an integer in [1, 10000], not '0'.");
  EXPECT_EQ(made("n_estimators", "1.5"),
            "--n-estimators must be an integer in [1, 10000], not '1.5'.");
  EXPECT_EQ(made("n_estimators", "99999999999"),
            "--n-estimators must be an integer in [1, 10000], not '99999999999'.");
  EXPECT_EQ(made("max_depth", "99999999999"),
            "--max-depth must be an integer of at least 1, not '99999999999'.");
  EXPECT_EQ(made("max_samples", "0"), "--max-samples must be a number in (0, 1], not '0'.");
  EXPECT_EQ(made("max_samples", "nan"), "--max-samples must be a number in (0, 1], not 'nan'.");
  EXPECT_EQ(made("bootstrap", "maybe"), "--bootstrap must be true or false, not 'maybe'.");
  EXPECT_EQ(made("max_depth", "none"), "");
}

TEST(Option, WordsOfATextAreChecked) {
  OptionTable<TestTrainOptions> table("train");
  table.add(&TestTrainOptions::strategy, "strategy", "A name").words({"smote", "class_weight"});
  EXPECT_EQ(table.make({{"strategy", {"smote"}}}).strategy, "smote");
  EXPECT_EQ(refusal([&] { table.make({{"strategy", {"smot"}}}); }),
            "--strategy must be one of smote, class_weight, not 'smot'. "
            "Did you mean 'smote'?");
}

TEST(Option, BoundsAreWrittenAsPeopleDo) {
  EXPECT_EQ(bound_text(1e9), "1000000000");
  EXPECT_EQ(bound_text(-1), "-1");
  EXPECT_EQ(bound_text(0.001), "0.001");
}

TEST(Option, SecretsAreNeverShown) {
  TestTrainOptions options;
  options.password = Secret("hush");
  for (const auto& [name, text] : test_train_table().values(options)) {
    EXPECT_NE(name, "password");
    EXPECT_FALSE(contains(text, "hush"));
  }
}

TEST(Option, ListsKeepCommasInsideItems) {
  const std::vector<std::string> items{"a", "b,c", "d e"};
  EXPECT_EQ(list_text(items), "a,b\\,c,d e");
  EXPECT_EQ(list_items(list_text(items)), items);
  EXPECT_EQ(list_items(" a , ,b"), (std::vector<std::string>{"a", "b"}));
}

}  // namespace
}  // namespace rarewood

#include "rarewood/option/completion.hpp"

#include <gtest/gtest.h>

#include "rarewood/option/man_page.hpp"
#include "rarewood/option/test_program.hpp"

namespace rarewood {
namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Completion, KnowsFlagsAndTheirWords) {
  const std::string bash = completion_script(test_program(), "bash");
  EXPECT_TRUE(contains(bash, "'sample train --help --version'"));
  EXPECT_TRUE(contains(bash, "train\\ --learner) words='forest xgboost' ;;"));
  EXPECT_TRUE(contains(bash, "train\\ --verbose) takes_value= ;;"));
  EXPECT_TRUE(contains(bash, "--no-bootstrap"));
  EXPECT_TRUE(contains(bash, "complete -o filenames -F _shop shop"));
}

TEST(Completion, OffersWordsThatStandBesideFreeText) {
  ProgramSpec program = test_program();
  OptionSpec rule;
  rule.name = "rule";
  rule.value = "TEXT";
  rule.hints = {"f1", "recall:"};
  for (CommandSpec& command : program.commands) command.groups.front().specs.push_back(rule);
  EXPECT_TRUE(
      contains(completion_script(program, "bash"), "train\\ --rule) words='f1 recall:' ;;"));
  EXPECT_TRUE(contains(completion_script(program, "fish"), "-l rule -x -a 'f1 recall:'"));
}

TEST(Completion, ZshTakesTheScriptOfBash) {
  const ProgramSpec program = test_program();
  const std::string zsh = completion_script(program, "zsh");
  EXPECT_TRUE(contains(zsh, "bashcompinit"));
  EXPECT_TRUE(zsh.ends_with(completion_script(program, "bash")));
}

TEST(Completion, FishDescribesEachOptionOnce) {
  const std::string fish = completion_script(test_program(), "fish");
  EXPECT_TRUE(contains(fish,
                       "complete -c shop -n '__fish_seen_subcommand_from train' -l learner -x "
                       "-a 'forest xgboost' -d 'What learns'\n"));
  const std::string trees = "__fish_seen_subcommand_from train' -l n-estimators ";
  EXPECT_EQ(fish.find(trees), fish.rfind(trees));
  EXPECT_TRUE(contains(fish, trees));
}

TEST(Completion, LeavesHiddenCommandsOut) {
  ProgramSpec program = test_program();
  program.commands[0].hidden = true;
  EXPECT_FALSE(contains(completion_script(program, "bash"), "sample)"));
  EXPECT_TRUE(contains(completion_script(program, "bash"), "train)"));
  EXPECT_FALSE(contains(completion_script(program, "fish"), "-a sample"));
  EXPECT_TRUE(contains(completion_script(program, "fish"), "-a train"));
}

TEST(ManPage, HoldsCommandsAndOptions) {
  const std::string page = man_page(test_program());
  EXPECT_TRUE(page.starts_with(".TH shop 1 \"\" \"shop 1.2.3\"\n"));
  EXPECT_TRUE(contains(page, ".SS train\nTrain a model.\n"));
  EXPECT_TRUE(contains(page, ".B \\-\\-n\\-estimators INT\n"));
  EXPECT_TRUE(contains(page, "Only with \\-\\-learner forest."));
}

}  // namespace
}  // namespace rarewood

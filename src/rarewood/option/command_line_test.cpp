#include "rarewood/option/command_line.hpp"

#include <gtest/gtest.h>

#include "rarewood/option/test_program.hpp"

namespace rarewood {
namespace {

using Words = std::vector<std::string>;
using Wish = CommandLine::Wish;

const ProgramSpec& program() {
  static const ProgramSpec made = test_program();
  return made;
}

std::string flag(const Words& words, const std::string& name) {
  const auto flags = read_command_line(program(), words).flags;
  const auto found = flags.find(name);
  return found == flags.end() ? "(not given)" : found->second.text;
}

std::string refused(const Words& words) {
  return refusal([&] { read_command_line(program(), words); });
}

TEST(CommandLine, ReadsValuesAsTexts) {
  EXPECT_EQ(flag({"train", "--n-estimators", "50"}, "n_estimators"), "50");
  EXPECT_EQ(flag({"train", "--n-estimators=many"}, "n_estimators"), "many");
  EXPECT_EQ(flag({"train", "--max-depth", "-1"}, "max_depth"), "-1");
  EXPECT_EQ(flag({"train"}, "max_depth"), "(not given)");
}

TEST(CommandLine, AListMayStandAsSeveralWords) {
  ProgramSpec lists = test_program();
  for (CommandSpec& command : lists.commands) {
    if (command.name == "train") command.positional = "exclude";
  }
  const auto excluded = [&](const Words& words) {
    return read_command_line(lists, words).flags.at("exclude").text;
  };
  EXPECT_EQ(excluded({"train", "a", "--max-depth", "3", "b,c", "d"}), "a,b,c,d");
  EXPECT_EQ(excluded({"train", "--exclude", "a", "b"}), "a,b");
  EXPECT_NE(refusal([&] { excluded({"train", "a", "--unknown"}); }).find("Unknown option"),
            std::string::npos);
}

TEST(CommandLine, EmptyValuesDoNotTakeTheNextWord) {
  const Words words{"train", "--table=", "--verbose"};
  EXPECT_EQ(flag(words, "table"), "");
  EXPECT_EQ(flag(words, "verbose"), "true");
  EXPECT_EQ(flag({"train", "--table", ""}, "table"), "");
}

TEST(CommandLine, SwitchesCanBeUndone) {
  EXPECT_EQ(flag({"train", "--verbose"}, "verbose"), "true");
  EXPECT_EQ(flag({"train", "--chatty"}, "verbose"), "true");
  EXPECT_EQ(flag({"train", "--no-bootstrap"}, "bootstrap"), "false");
  EXPECT_EQ(flag({"train", "--bootstrap=false"}, "bootstrap"), "false");
  EXPECT_EQ(flag({"train", "--verbose", "my.csv"}, "table"), "my.csv");
}

TEST(CommandLine, TheTableMayStandBare) {
  EXPECT_EQ(flag({"train", "my.csv", "--verbose"}, "table"), "my.csv");
  EXPECT_EQ(flag({"train", "--table", "my.csv"}, "table"), "my.csv");
  EXPECT_EQ(refused({"train", "a.csv", "--table", "b.csv"}),
            "--table was given more than once ('a.csv', then 'b.csv'). Give it once.");
}

TEST(CommandLine, ListsMayBeRepeated) {
  EXPECT_EQ(flag({"train", "--exclude", "a,b", "--exclude", "c"}, "exclude"), "a,b,c");
}

TEST(CommandLine, SuggestsTheNearestWord) {
  EXPECT_EQ(refused({"train", "--n-estimaters", "50"}),
            "Unknown option --n-estimaters. Did you mean --n-estimators?");
  EXPECT_EQ(refused({"train", "--n_estimators=50"}),
            "Unknown option --n_estimators. Did you mean --n-estimators?");
  EXPECT_EQ(refused({"trian"}), "Unknown command 'trian'. Did you mean 'train'?");
  EXPECT_EQ(
      refused({"everything"}),
      "Unknown command 'everything'. The commands are sample and train; see 'rarewood --help'.");
}

TEST(CommandLine, NamesTheCommandAnOptionBelongsTo) {
  EXPECT_EQ(refused({"train", "--sessions", "9"}),
            "Unknown option --sessions. It is an option of 'rarewood sample'. "
            "See 'rarewood train --help'.");
  ProgramSpec more = test_program();
  CommandSpec third = more.commands.front();
  third.name = "third";
  more.commands.push_back(third);
  EXPECT_NE(refusal([&] {
              read_command_line(more, {"train", "--sessions", "9"});
            }).find("It is an option of 'rarewood sample' and 'rarewood third'. See"),
            std::string::npos);
}

TEST(CommandLine, RefusesWhatItCannotPlace) {
  EXPECT_EQ(refused({"sample", "--help=x"}),
            "--help takes no value. Say 'rarewood sample --help'.");
  EXPECT_EQ(refused({"train", "--max-depth"}),
            "--max-depth needs a value after it. See 'rarewood train --help'.");
  EXPECT_NE(refused({"train", "a.csv", "b.csv"}).find("'b.csv' is one word too many"),
            std::string::npos);
  EXPECT_NE(refused({"sample", "a"}).find("takes options only"), std::string::npos);
  EXPECT_NE(refused({"--verbose", "train"}).find("Options stand after the command"),
            std::string::npos);
}

TEST(CommandLine, HelpAndVersionWinOverEverything) {
  EXPECT_EQ(read_command_line(program(), {}).wish, Wish::help);
  EXPECT_EQ(read_command_line(program(), {"--help"}).command, nullptr);
  EXPECT_EQ(read_command_line(program(), {"help", "train"}).command->name, "train");
  EXPECT_EQ(read_command_line(program(), {"train", "--wrong", "-h"}).wish, Wish::help);
  EXPECT_EQ(read_command_line(program(), {"--version"}).wish, Wish::version);
}

}  // namespace
}  // namespace rarewood

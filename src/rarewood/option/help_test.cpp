#include "rarewood/option/help.hpp"

#include <sstream>

#include <gtest/gtest.h>

#include "rarewood/option/reference.hpp"
#include "rarewood/option/test_program.hpp"

namespace rarewood {
namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::size_t widest_line(const std::string& text) {
  std::istringstream lines(text);
  std::size_t widest = 0;
  for (std::string line; std::getline(lines, line);) widest = std::max(widest, line.size());
  return widest;
}

TEST(Help, BreaksAtTheWidth) {
  EXPECT_EQ(wrapped("one two three", 7, 2), "one two\n  three");
  EXPECT_EQ(wrapped("incomprehensibilities", 5, 2), "incomprehensibilities");
  EXPECT_EQ(wrapped("", 5, 2), "");
  const ProgramSpec program = test_program();
  for (const int width : {48, 60, 80, 120}) {
    EXPECT_LE(widest_line(program_help(program, width)), width);
    EXPECT_LE(widest_line(command_help(program, program.commands[1], width)), width);
  }
}

TEST(Help, TheProgramListsItsCommands) {
  ProgramSpec program = test_program();
  program.commands[0].hidden = true;
  const std::string text = program_help(program, 80);
  EXPECT_TRUE(contains(text, "To begin:\n  shop sample\n      make data\n"));
  EXPECT_TRUE(contains(text, "  train                   Train a model\n"));
  EXPECT_FALSE(contains(text, "Write sample data"));
}

TEST(Help, ACommandShowsExamplesThenOptionsByGroup) {
  const ProgramSpec program = test_program();
  const std::string text = command_help(program, program.commands[1], 80);
  EXPECT_TRUE(contains(text, "Examples:\n  shop train my.csv\n      any table\n"));
  EXPECT_TRUE(contains(text, "  deep                    few deep trees: --learner forest"));
  EXPECT_TRUE(contains(text, "Usage: shop train [TABLE] [options]\n"));
  EXPECT_TRUE(contains(text, "\n[forest] with --learner forest\n"));
  EXPECT_TRUE(
      contains(text, "  --n-estimators INT      Number of trees (1 to 10000; default 100)\n"));
  EXPECT_TRUE(
      contains(text, "  --max-depth INT         Levels of a tree (at least 1; default none)\n"));
  EXPECT_TRUE(contains(text, "Number of rounds"));
  EXPECT_TRUE(contains(text, "(above 0, at most 1;"));
  EXPECT_TRUE(contains(text, "  --[no-]bootstrap        Draw rows with replacement\n"));
  EXPECT_TRUE(contains(text, "(forest | xgboost; default forest)\n"));
  EXPECT_TRUE(contains(command_help(program, program.commands[0], 80),
                       "Usage: shop sample --sessions INT [options]\n"));
}

TEST(Help, LongExamplesCanStillBePasted) {
  ProgramSpec program = test_program();
  program.commands[1].examples = {{"shop train my.csv --exclude one,two --n-estimators 20", "it"}};
  EXPECT_TRUE(contains(command_help(program, program.commands[1], 40),
                       "  shop train my.csv --exclude \\\n      one,two --n-estimators 20\n"));
}

TEST(Reference, HasEveryOptionOnceASection) {
  const std::string page = reference_page(test_program());
  EXPECT_TRUE(contains(page, "## [xgboost]\n\nCommands: `train`. Only with `--learner` xgboost."));
  EXPECT_TRUE(
      contains(page, "| `--max-depth` | `INT` at least 1 | `none` | Levels of a tree. |\n"));
  EXPECT_TRUE(contains(page, "| `--learner` | `WORD` forest \\| xgboost | `forest` |"));
  EXPECT_TRUE(contains(page, "Also read from `SHOP_PASSWORD`."));
  EXPECT_TRUE(contains(page, "| `deep` | `--learner forest --n-estimators 20 --max-depth 30` |"));
}

}  // namespace
}  // namespace rarewood

#include "rarewood/option/config_file.hpp"

#include <gtest/gtest.h>

#include "rarewood/option/test_program.hpp"

namespace rarewood {
namespace {

ConfigSections read(const std::string& text) {
  return read_config(text, "shop.toml", all_groups(test_program()));
}

std::string refused(const std::string& text) {
  return refusal([&] { read(text); });
}

TEST(ConfigFile, ReadsEveryType) {
  const auto sections = read(
      "[train]\nlearner = 'xgboost'\nexclude = ['a', 'b,c']\nverbose = true\ntable = 2015-01-01\n"
      "[forest]\nmax_depth = 'none'\nmax_samples = 1\nn_estimators = 1_000\n");
  EXPECT_EQ(sections.at("train").at("learner").text, "xgboost");
  EXPECT_EQ(list_items(sections.at("train").at("exclude").text),
            (std::vector<std::string>{"a", "b,c"}));
  EXPECT_EQ(sections.at("train").at("verbose").text, "true");
  EXPECT_EQ(sections.at("train").at("table").text, "2015-01-01");
  EXPECT_EQ(sections.at("forest").at("max_depth").text, "none");
  EXPECT_EQ(sections.at("forest").at("max_samples").text, "1");
  EXPECT_EQ(sections.at("forest").at("n_estimators").text, "1000");
  EXPECT_EQ(sections.at("forest").at("n_estimators").place, "shop.toml, line 9");
}

Pairs known(const std::string& text) {
  return test_train_table().make(read(text).at("train")).known;
}

TEST(ConfigFile, ReadsPairsAsATableOrASectionOfTheirOwn) {
  const Pairs expected{{"a,b", "before"}, {"c=d", "after"}};
  EXPECT_EQ(known("[known]\n'a,b' = 'before'\n'c=d' = 'after'\n"), expected);
  EXPECT_EQ(known("[train.known]\n'a,b' = 'before'\n'c=d' = 'after'\n"), expected);
  EXPECT_EQ(known("[train]\nknown = {'a,b' = 'before', 'c=d' = 'after'}\n"), expected);
  EXPECT_EQ(read("[train]\nverbose = true\n[known]\na = 'x'\n").at("train").size(), 2U);
}

TEST(ConfigFile, RefusesPairsThatAreNone) {
  EXPECT_EQ(refused("[train]\nknown = 'a'\n"),
            "shop.toml, line 2: 'known' must be a table of texts, such as { name = \"word\" }.");
  EXPECT_EQ(refused("[known]\na = 1\n"),
            "shop.toml, line 2: 'a' in 'known' must be a text in quotes.");
  EXPECT_EQ(refused("[known]\na = 'x'\n[train]\nknown = {b = 'y'}\n"),
            "shop.toml, line 3: 'known' stands in [train] and as [known]. Keep one of the two.");
}

TEST(ConfigFile, NamesTheLineAndTheNearestName) {
  EXPECT_EQ(refused("\n[forrest]\n"),
            "shop.toml, line 2: Unknown section [forrest]. Did you mean 'forest'?");
  EXPECT_EQ(refused("[forest]\nmax_dept = 3\n"),
            "shop.toml, line 2: Unknown key 'max_dept' in [forest]. Did you mean 'max_depth'?");
  EXPECT_EQ(refused("[forest]\nlearner = 'forest'\n"),
            "shop.toml, line 2: Unknown key 'learner' in [forest]. It belongs in [train].");
  EXPECT_EQ(refused("learner = 'forest'\n"),
            "shop.toml, line 1: Write 'learner' below the line [train].");
  EXPECT_EQ(refused("nothing = 1\n"),
            "shop.toml, line 1: Unknown key 'nothing' outside any section.");
}

TEST(ConfigFile, ChecksTypes) {
  EXPECT_EQ(refused("[forest]\nn_estimators = '50'\n"),
            "shop.toml, line 2: 'n_estimators' must be an integer, not the text '50'.");
  EXPECT_EQ(refused("[forest]\nn_estimators = 1.5\n"),
            "shop.toml, line 2: 'n_estimators' must be an integer.");
  EXPECT_EQ(refused("[train]\nverbose = 1\n"),
            "shop.toml, line 2: 'verbose' must be true or false.");
  EXPECT_EQ(refused("[train]\nlearner = 1\n"),
            "shop.toml, line 2: 'learner' must be a text in quotes.");
  EXPECT_EQ(refused("[train]\nexclude = [['a']]\n"),
            "shop.toml, line 2: 'exclude' must be a list of texts in [ ].");
  EXPECT_EQ(refused("[train.table]\nx = 1\n"),
            "shop.toml, line 1: 'table' must be a text in quotes.");
}

TEST(ConfigFile, AWordMayBeOneThatTomlReadsAsTruth) {
  ProgramSpec program = test_program();
  program.commands[1].groups[0].specs[1].choices = {"auto", "true", "0.5"};
  const auto groups = all_groups(program);
  for (const char* word : {"'auto'", "true", "0.5"}) {
    EXPECT_NO_THROW(read_config(std::string("[train]\nlearner = ") + word, "shop.toml", groups));
  }
  EXPECT_THROW(read_config("[train]\nlearner = false", "shop.toml", groups), Error);
}

TEST(ConfigFile, RefusesWhatIsNotToml) {
  for (const char* text : {"[`", "[train", "a = = 1", "[train]\nlearner = 'a'\nlearner = 'b'\n",
                           "[forest]\nmax_depth = 99999999999999999999\n", "\xc9\xbd = 1", "\xff",
                           "a = \"\\u0000", "[[[", "a.b.c = {"}) {
    EXPECT_NE(refused(text).find("This is not TOML"), std::string::npos) << text;
  }
  EXPECT_NE(refused("\n\n[train\n").find("shop.toml, line 3"), std::string::npos);
}

}  // namespace
}  // namespace rarewood

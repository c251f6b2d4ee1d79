#include <algorithm>
#include <cctype>
#include <set>

#include <gtest/gtest.h>

#include "rarewood/cli/command.hpp"
#include "rarewood/option/gather.hpp"

// What has to hold for every table of every command, so that no table needs a test of its own.

namespace rarewood {
namespace {

bool is_snake_case(const std::string& name) {
  return !name.empty() && name.front() >= 'a' && name.front() <= 'z' &&
         std::all_of(name.begin(), name.end(), [](unsigned char c) {
           return std::islower(c) != 0 || std::isdigit(c) != 0 || c == '_';
         });
}

/// False for two learners, of which a run has one.
bool may_be_on_together(const OptionGroup& one, const OptionGroup& other) {
  if (one.decided_by.empty() || one.decided_by != other.decided_by) return true;
  return std::any_of(one.deciding_words.begin(), one.deciding_words.end(), [&](const auto& word) {
    const auto& words = other.deciding_words;
    return std::find(words.begin(), words.end(), word) != words.end();
  });
}

TEST(Commands, NamesAreSpelledAlikeAndExplained) {
  for (const Command& command : commands()) {
    EXPECT_TRUE(is_snake_case(command.spec.name));
    for (const OptionGroup& group : command.spec.groups) {
      EXPECT_TRUE(is_snake_case(group.name)) << group.name << " must be a bare key of TOML";
      for (const OptionSpec& spec : group.specs) {
        const bool as_its_field_knows_it = spec.name == "C";  // of regressions, everywhere
        EXPECT_TRUE(is_snake_case(spec.name) || as_its_field_knows_it) << spec.name;
        EXPECT_FALSE(spec.name.starts_with("no_")) << spec.name << ": --no- undoes a switch";
        EXPECT_FALSE(spec.help.empty()) << spec.name;
        EXPECT_FALSE(spec.help.ends_with('.')) << spec.name;
      }
    }
  }
}

TEST(Commands, NoTwoOptionsOfOneRunShareAName) {
  for (const Command& command : commands()) {
    const auto& groups = command.spec.groups;
    for (std::size_t i = 0; i < groups.size(); ++i) {
      std::set<std::string> names;
      for (const OptionSpec& spec : groups[i].specs) {
        EXPECT_TRUE(names.insert(spec.name).second) << spec.name;
        for (const std::string& alias : spec.aliases) {
          EXPECT_TRUE(names.insert(alias).second) << alias;
        }
      }
      for (std::size_t j = i + 1; j < groups.size(); ++j) {
        if (!may_be_on_together(groups[i], groups[j])) continue;
        for (const OptionSpec& spec : groups[j].specs) {
          EXPECT_FALSE(names.contains(spec.name)) << command.spec.name << ": " << spec.name;
          for (const std::string& alias : spec.aliases) {
            EXPECT_FALSE(names.contains(alias)) << command.spec.name << ": " << alias;
          }
        }
      }
    }
  }
}

TEST(Commands, ReferToOptionsTheyHave) {
  for (const Command& command : commands()) {
    std::vector<std::string> names = command.spec.required;
    if (!command.spec.positional.empty()) names.push_back(command.spec.positional);
    for (const OptionGroup& group : command.spec.groups) {
      if (!group.decided_by.empty()) names.push_back(group.decided_by);
    }
    for (const auto& [one, other] : command.spec.contradictions) {
      names.insert(names.end(), {one, other});
    }
    for (const Preset& preset : command.spec.presets) {
      for (const PresetValue& value : preset.values) names.push_back(value.name);
    }
    for (const std::string& name : names) {
      EXPECT_NE(find_option(command.spec, name), nullptr) << command.spec.name << ": " << name;
    }
  }
}

TEST(Commands, ShowExamplesThatBeginWithThemselves) {
  for (const Command& command : commands()) {
    if (command.spec.hidden) continue;
    EXPECT_FALSE(command.spec.examples.empty());
    for (const Example& example : command.spec.examples) {
      EXPECT_TRUE(example.line.starts_with("rarewood " + command.spec.name)) << example.line;
    }
  }
}

}  // namespace
}  // namespace rarewood

#pragma once

#include <string>
#include <utility>
#include <vector>

#include "rarewood/option/option.hpp"

namespace rarewood {

/// The options of one table as a command offers them.
struct OptionGroup {
  std::string name;  ///< heading in --help, section in rarewood.toml
  std::vector<OptionSpec> specs;
  std::string decided_by = {};                   ///< the option that switches it on; "" = always on
  std::vector<std::string> deciding_words = {};  ///< the values of that option that do
};

template <typename Options>
OptionGroup option_group(const OptionTable<Options>& table) {
  return {.name = table.specs().front().group, .specs = table.specs()};
}

/// `group`, offered only where `option` has one of the values `words`: a learner's options.
/// `option` must stand in a group before this one.
inline OptionGroup only_with(OptionGroup group, std::string option,
                             std::vector<std::string> words) {
  group.decided_by = std::move(option);
  group.deciding_words = std::move(words);
  return group;
}

/// Two tables that share a heading and a section.
inline OptionGroup joined(OptionGroup group, const OptionGroup& more) {
  group.specs.insert(group.specs.end(), more.specs.begin(), more.specs.end());
  return group;
}

/// A command as one would type it, and what it is good for.
struct Example {
  std::string line;
  std::string purpose;
};

/// A value a preset gives to an option; it counts only where the group is on.
struct PresetValue {
  std::string group;
  std::string name;
  std::string text;
};

/// A named list of option values, chosen with --strategy; whatever is said explicitly overrides it.
struct Preset {
  std::string name;
  std::string summary;
  std::vector<PresetValue> values;
};

/// What is known of a command before it runs.
struct CommandSpec {
  std::string name;
  std::string summary;  ///< one line, a verb first
  std::vector<Example> examples;
  std::vector<OptionGroup> groups;
  std::string positional = {};             ///< option that may stand without its flag; "" = none
  std::vector<std::string> required = {};  ///< options without which the command cannot run
  std::vector<std::pair<std::string, std::string>> contradictions = {};  ///< at most one of two
  std::vector<Preset> presets = {};  ///< values of the option `strategy`
  bool hidden = false;               ///< left out of the list in --help
};

/// The whole program: what --help, the file and the reference page are made of.
struct ProgramSpec {
  std::string name;
  std::string summary;
  std::string version;
  std::vector<Example> beginning;  ///< what to type first
  std::vector<CommandSpec> commands;
};

/// The option of that name in the command's groups (the first, if learners share it); or null.
const OptionSpec* find_option(const CommandSpec& command, const std::string& name);

/// "--learner forest --max-depth 15": what a preset stands for.
std::string preset_flags(const Preset& preset);

/// One group per section of rarewood.toml, over all commands, in the order of first appearance.
std::vector<OptionGroup> all_groups(const ProgramSpec& program);

/// "RAREWOOD_MAX_DEPTH"
std::string environment_name(const std::string& option);

}  // namespace rarewood

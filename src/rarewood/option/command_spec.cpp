#include "rarewood/option/command_spec.hpp"

#include <algorithm>

namespace rarewood {
namespace {

bool has_option(const OptionGroup& group, const std::string& name) {
  return std::any_of(group.specs.begin(), group.specs.end(),
                     [&](const OptionSpec& spec) { return spec.name == name; });
}

}  // namespace

const OptionSpec* find_option(const CommandSpec& command, const std::string& name) {
  for (const OptionGroup& group : command.groups) {
    for (const OptionSpec& spec : group.specs) {
      if (spec.name == name) return &spec;
    }
  }
  return nullptr;
}

std::string preset_flags(const Preset& preset) {
  std::string flags;
  for (const PresetValue& value : preset.values) {
    flags += (flags.empty() ? "" : " ") + flag_name(value.name) + " " + value.text;
  }
  return flags;
}

std::vector<OptionGroup> all_groups(const ProgramSpec& program) {
  std::vector<OptionGroup> groups;
  for (const CommandSpec& command : program.commands) {
    for (const OptionGroup& group : command.groups) {
      const auto known = std::find_if(groups.begin(), groups.end(), [&](const OptionGroup& other) {
        return other.name == group.name;
      });
      if (known == groups.end()) {
        groups.push_back(group);
        continue;
      }
      for (const OptionSpec& spec : group.specs) {
        if (!has_option(*known, spec.name)) known->specs.push_back(spec);
      }
    }
  }
  return groups;
}

std::string environment_name(const std::string& option) {
  std::string name = "RAREWOOD_";
  for (const char c : option) name += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return name;
}

}  // namespace rarewood

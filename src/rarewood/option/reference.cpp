#include "rarewood/option/reference.hpp"

#include <algorithm>

#include "rarewood/option/help.hpp"

namespace rarewood {
namespace {

/// A bar would end the cell.
std::string cell(const std::string& text) {
  std::string result;
  for (const char c : text) result += c == '|' ? std::string("\\|") : std::string(1, c);
  return result;
}

std::string code(const std::string& text) { return text.empty() ? "" : "`" + cell(text) + "`"; }

std::string command_names(const ProgramSpec& program, const std::string& group) {
  std::vector<std::string> names;
  for (const CommandSpec& command : program.commands) {
    for (const OptionGroup& other : command.groups) {
      if (other.name == group && !command.hidden) names.push_back(code(command.name));
    }
  }
  return listed(names);
}

/// "Only `features`." of an option that some of the group's commands do without.
std::string only_of(const ProgramSpec& program, const std::string& group,
                    const std::string& option) {
  std::vector<std::string> with;
  bool all = true;
  for (const CommandSpec& command : program.commands) {
    for (const OptionGroup& other : command.groups) {
      if (other.name != group || command.hidden) continue;
      const bool has =
          std::ranges::find(other.specs, option, &OptionSpec::name) != other.specs.end();
      if (has) with.push_back(code(command.name));
      all = all && has;
    }
  }
  return all ? "" : " Only " + listed(with) + ".";
}

std::string meaning(const OptionSpec& spec) {
  std::string text = help_sentence(spec) + ".";
  std::vector<std::string> others;
  for (const std::string& alias : spec.aliases) others.push_back(code(flag_name(alias)));
  if (!others.empty()) text += " Also " + listed(others) + ".";
  others.clear();
  for (const std::string& variable : spec.environment) others.push_back(code(variable));
  if (!others.empty()) text += " Also read from " + listed(others) + ".";
  return cell(text);
}

std::string values_cell(OptionSpec spec) {
  spec.fallback.clear();  // it has a cell of its own
  if (spec.value.empty()) return "`true` or `false`";
  const std::string limits = limits_text(spec);
  return code(spec.value) + (limits.empty() ? "" : " " + cell(limits));
}

std::string group_section(const ProgramSpec& program, const OptionGroup& group) {
  std::string text =
      "\n## [" + group.name + "]\n\nCommands: " + command_names(program, group.name) + ".";
  if (!group.decided_by.empty()) {
    text += " Only with " + code(flag_name(group.decided_by)) + " " + listed(group.deciding_words) +
            ".";
  }
  text += "\n\n| option | values | default | meaning |\n| --- | --- | --- | --- |\n";
  for (const OptionSpec& spec : group.specs) {
    text += "| " + code(flag_name(spec.name)) + " | " + values_cell(spec) + " | " +
            code(spec.fallback) + " | " + meaning(spec) + only_of(program, group.name, spec.name) +
            " |\n";
  }
  return text;
}

std::string preset_section(const CommandSpec& command) {
  std::string text = "\n## Strategies of `" + command.name +
                     "`\n\n| strategy | stands for | meaning |\n| --- | --- | --- |\n";
  for (const Preset& preset : command.presets) {
    text += "| " + code(preset.name) + " | " + code(preset_flags(preset)) + " | " +
            cell(preset.summary) + " |\n";
  }
  return text;
}

}  // namespace

std::string reference_page(const ProgramSpec& program) {
  std::string text =
      "# Options\n\n"
      "Made by `rarewood reference` from the tables the program itself reads; do not edit.\n\n"
      "An option is a flag (`--max-depth 15`), a key in its section of `rarewood.toml` "
      "(`max_depth = 15` below `[forest]`) and a variable (`RAREWOOD_MAX_DEPTH=15`). A flag "
      "overrides the environment, the environment the file, the file a strategy, a strategy the "
      "default. A switch is undone with `--no-NAME`.\n\n"
      "| command | what it does |\n| --- | --- |\n";
  for (const CommandSpec& command : program.commands) {
    if (!command.hidden) text += "| " + code(command.name) + " | " + cell(command.summary) + " |\n";
  }
  for (const CommandSpec& command : program.commands) {
    if (!command.presets.empty()) text += preset_section(command);
  }
  for (const OptionGroup& group : all_groups(program)) text += group_section(program, group);
  return text;
}

}  // namespace rarewood

#include "rarewood/option/help.hpp"

#include <algorithm>

namespace rarewood {
namespace {

constexpr int kLeftColumn = 26;  ///< flags stand here, their meaning to the right

std::string upper(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

std::string capitalised(const std::string& text) {
  return text.empty() ? text : upper(text.substr(0, 1)) + text.substr(1);
}

std::string spaces(int count) { return std::string(static_cast<std::size_t>(count), ' '); }

/// "  --max-depth INT         Deepest level of a tree ..."
std::string two_columns(const std::string& left, const std::string& right, int width) {
  std::string line = "  " + left;
  const int length = static_cast<int>(line.size());
  line += length + 2 > kLeftColumn ? "\n" + spaces(kLeftColumn) : spaces(kLeftColumn - length);
  return line + wrapped(right, width - kLeftColumn, kLeftColumn) + "\n";
}

/// A command over several lines as a shell takes it.
std::string command_lines(const std::string& command, int width) {
  std::string result;
  for (const char c : wrapped(command, width - 2, 0)) {
    result += c == '\n' ? std::string(" \\\n      ") : std::string(1, c);
  }
  return result;
}

std::string examples_text(const std::vector<Example>& examples, int width) {
  std::string text;
  for (const Example& example : examples) {
    text += "  " + command_lines(example.line, width - 6) + "\n";
    text += "      " + wrapped(example.purpose, width - 6, 6) + "\n";
  }
  return text;
}

/// The section of rarewood.toml, so that help teaches both.
std::string group_heading(const OptionGroup& group) {
  const std::string heading = "[" + group.name + "]";
  if (group.decided_by.empty()) return heading + "\n";
  return heading + " with " + flag_name(group.decided_by) + " " + listed(group.deciding_words) +
         "\n";
}

std::string presets_text(const std::vector<Preset>& presets, int width) {
  std::string text = "\nStrategies (whatever is said overrides them)\n";
  for (const Preset& preset : presets) {
    text += two_columns(preset.name, preset.summary + ": " + preset_flags(preset), width);
  }
  return text;
}

std::string usage_line(const ProgramSpec& program, const CommandSpec& command) {
  std::string line = "Usage: " + program.name + " " + command.name;
  if (!command.positional.empty()) {
    const bool needed = std::find(command.required.begin(), command.required.end(),
                                  command.positional) != command.required.end();
    const OptionSpec* spec = find_option(command, command.positional);
    const bool several = spec != nullptr && spec->value == "LIST";
    const std::string word = upper(command.positional) + (several ? "..." : "");
    line += needed ? " " + word : " [" + word + "]";
  }
  for (const std::string& name : command.required) {
    const OptionSpec* spec = find_option(command, name);
    if (name != command.positional && spec != nullptr) line += " " + flag_text(*spec);
  }
  return line + " [options]\n";
}

/// A list may be broken after its commas; blanks there are allowed when it is written, too.
std::string spaced_list(const OptionSpec& spec) {
  if (spec.value != "LIST") return spec.fallback;
  std::string text;
  for (const char c : spec.fallback) text += c == ',' ? std::string(", ") : std::string(1, c);
  return text;
}

std::string range_words(const Range& range) {
  const bool from = range.lowest > -1e300;
  const bool to = range.highest < 1e300;
  std::string words;
  if (from && to && !range.lowest_excluded && !range.highest_excluded) {
    return bound_text(range.lowest) + " to " + bound_text(range.highest);
  }
  if (from) words = (range.lowest_excluded ? "above " : "at least ") + bound_text(range.lowest);
  if (from && to) words += ", ";
  if (to) words += (range.highest_excluded ? "below " : "at most ") + bound_text(range.highest);
  return words;
}

}  // namespace

std::string wrapped(const std::string& text, int width, int indent) {
  std::string result;
  int column = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const int length = static_cast<int>(end - begin);
    if (column > 0 && column + 1 + length > width) {
      result += "\n" + spaces(indent);
      column = 0;
    }
    if (column > 0) result += ' ';
    result.append(text, begin, end - begin);
    column += length + (column > 0 ? 1 : 0);
    begin = end + 1;
  }
  return result;
}

std::string limits_text(const OptionSpec& spec) {
  std::string text;
  for (const std::string& word : spec.choices) text += (text.empty() ? "" : " | ") + word;
  if (spec.choices.empty()) text = range_words(spec.range);
  if (spec.value.empty() || spec.fallback.empty()) return text;
  return text + (text.empty() ? "" : "; ") + "default " + spaced_list(spec);
}

std::string help_sentence(const OptionSpec& spec) { return capitalised(spec.help); }

std::string flag_text(const OptionSpec& spec) {
  if (!spec.value.empty()) return flag_name(spec.name) + " " + spec.value;
  return spec.fallback == "true" ? "--[no-]" + flag_name(spec.name).substr(2)
                                 : flag_name(spec.name);
}

std::string program_help(const ProgramSpec& program, int width) {
  std::string text = wrapped(program.summary, width, 0) + "\n\nTo begin:\n" +
                     examples_text(program.beginning, width) + "\nCommands:\n";
  for (const CommandSpec& command : program.commands) {
    if (!command.hidden) text += two_columns(command.name, command.summary, width);
  }
  return text + "\n" +
         wrapped("'" + program.name + " COMMAND --help' shows examples and options of a command.",
                 width, 0) +
         "\n";
}

std::string command_help(const ProgramSpec& program, const CommandSpec& command, int width) {
  std::string text =
      wrapped(program.name + " " + command.name + ": " + command.summary, width, 0) + "\n";
  if (!command.examples.empty()) text += "\nExamples:\n" + examples_text(command.examples, width);
  text += "\n" + usage_line(program, command);
  if (!command.presets.empty()) text += presets_text(command.presets, width);
  for (const OptionGroup& group : command.groups) {
    text += "\n" + group_heading(group);
    for (const OptionSpec& spec : group.specs) {
      const std::string limits = limits_text(spec);
      const std::string meaning = help_sentence(spec) + (limits.empty() ? "" : " (" + limits + ")");
      text += two_columns(flag_text(spec), meaning, width);
    }
  }
  return text + "\n" +
         wrapped(
             "Every option can also stand in rarewood.toml below the [section] shown above it, "
             "and in the environment as RAREWOOD_NAME. A flag overrides the environment, the "
             "environment the file.",
             width, 0) +
         "\n";
}

}  // namespace rarewood

#include "rarewood/option/command_line.hpp"

#include <algorithm>
#include <map>

#include <CLI/CLI.hpp>

namespace rarewood {
namespace {

using Words = std::vector<std::string>;

bool is_any(const std::string& word, const Words& of) {
  return std::find(of.begin(), of.end(), word) != of.end();
}

const CommandSpec* find_command(const ProgramSpec& program, const std::string& name) {
  for (const CommandSpec& command : program.commands) {
    if (command.name == name) return &command;
  }
  return nullptr;
}

const CommandSpec& command_of(const ProgramSpec& program, const std::string& word) {
  if (const CommandSpec* command = find_command(program, word)) return *command;
  if (word.starts_with('-')) {
    throw Error(ErrorKind::usage, "Options stand after the command, as in 'rarewood train " + word +
                                      "'. See 'rarewood --help'.");
  }
  Words names;
  for (const CommandSpec& command : program.commands) {
    if (!command.hidden) names.push_back(command.name);
  }
  const auto meant = nearest_word(word, names);
  throw Error(ErrorKind::usage,
              "Unknown command '" + word + "'. " +
                  (meant ? "Did you mean '" + *meant + "'?"
                         : "The commands are " + listed(names) + "; see 'rarewood --help'."));
}

/// Flags by option name. An option that several learners share is one flag.
std::map<std::string, const OptionSpec*> specs_by_name(const CommandSpec& command) {
  std::map<std::string, const OptionSpec*> specs;
  for (const OptionGroup& group : command.groups) {
    for (const OptionSpec& spec : group.specs) specs.try_emplace(spec.name, &spec);
  }
  return specs;
}

/// CLI11 would take the next word as the value of "--name=".
Words split_empty_values(const Words& words) {
  Words result;
  for (const std::string& word : words) {
    if (word.size() > 3 && word.starts_with("--") && word.find('=') == word.size() - 1) {
      result.insert(result.end(), {word.substr(0, word.size() - 1), ""});
    } else {
      result.push_back(word);
    }
  }
  return result;
}

CLI::Option* declare(CLI::App& app, const OptionSpec& spec, bool positional) {
  std::string names = flag_name(spec.name);
  for (const std::string& alias : spec.aliases) names += "," + flag_name(alias);
  if (spec.value.empty()) {
    return app.add_flag(names + ",!--no-" + flag_name(spec.name).substr(2));
  }
  if (positional) names = spec.name + "," + names;
  CLI::Option* option = app.add_option(names, CLI::callback_t{});
  return option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)->allow_extra_args(false);
}

[[noreturn]] void refuse_unknown(const ProgramSpec& program, const CommandSpec& command,
                                 const std::string& word) {
  const std::string flag = word.substr(0, word.find('='));
  if (flag == "--help") {
    throw Error(ErrorKind::usage,
                "--help takes no value. Say 'rarewood " + command.name + " --help'.");
  }
  std::string sentence = "Unknown option " + flag + ".";
  Words flags{"--help"};
  for (const auto& [name, spec] : specs_by_name(command)) flags.push_back(flag_name(name));
  if (const auto meant = nearest_word(flag, flags)) {
    throw Error(ErrorKind::usage, sentence + " Did you mean " + *meant + "?");
  }
  Words owners;
  for (const CommandSpec& other : program.commands) {
    for (const auto& [name, spec] : specs_by_name(other)) {
      if (flag_name(name) == flag) owners.push_back("'rarewood " + other.name + "'");
    }
  }
  if (!owners.empty()) sentence += " It is an option of " + listed(owners) + ".";
  throw Error(ErrorKind::usage, sentence + " See 'rarewood " + command.name + " --help'.");
}

void refuse_extras(const ProgramSpec& program, const CommandSpec& command, const Words& extras) {
  for (const std::string& word : extras) {
    if (word.starts_with('-') && word.size() > 1 && word != "--") {
      refuse_unknown(program, command, word);
    }
  }
  for (const std::string& word : extras) {
    if (word == "--") continue;
    throw Error(ErrorKind::usage,
                "'" + word + "' is one word too many: 'rarewood " + command.name + "' takes " +
                    (command.positional.empty() ? "options only" : "one " + command.positional) +
                    ". A value stands right after its option.");
  }
}

/// A list may stand as several words without a flag: move those to its values.
void take_words(Words& extras, Words& values) {
  const auto is_flag = [](const std::string& word) {
    return word.starts_with('-') && word.size() > 1;
  };
  std::ranges::remove_copy_if(extras, std::back_inserter(values), is_flag);
  std::erase_if(extras, [&](const std::string& word) { return !is_flag(word); });
}

std::string joined_value(const OptionSpec& spec, const Words& results) {
  if (spec.value == "LIST" || spec.value == "PAIRS") {
    std::string joined;
    for (const std::string& item : results) joined += (joined.empty() ? "" : ",") + item;
    return joined;
  }
  if (results.size() > 1) {
    throw Error(ErrorKind::usage, flag_name(spec.name) + " was given more than once ('" +
                                      results[0] + "', then '" + results[1] + "'). Give it once.");
  }
  return results.front();
}

RawOptions read_flags(const ProgramSpec& program, const CommandSpec& command, const Words& words) {
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  const auto specs = specs_by_name(command);
  std::map<const OptionSpec*, CLI::Option*> options;
  for (const auto& [name, spec] : specs) {
    options[spec] = declare(app, *spec, name == command.positional);
  }
  try {
    app.parse(Words(words.rbegin(), words.rend()));  // CLI11 wants the last word first
  } catch (const CLI::ParseError&) {
    throw Error(ErrorKind::usage, words.back() + " needs a value after it. See 'rarewood " +
                                      command.name + " --help'.");
  }
  Words extras = app.remaining();
  RawOptions flags;
  for (const auto& [spec, option] : options) {
    Words values = option->results();
    if (spec->name == command.positional && spec->value == "LIST") take_words(extras, values);
    if (!values.empty()) flags[spec->name] = {joined_value(*spec, values)};
  }
  refuse_extras(program, command, extras);
  return flags;
}

}  // namespace

CommandLine read_command_line(const ProgramSpec& program, const std::vector<std::string>& words) {
  using Wish = CommandLine::Wish;
  if (words.empty()) return {.wish = Wish::help};
  const std::string& first = words.front();
  if (is_any(first, {"--version", "-V", "version"})) return {.wish = Wish::version};
  if (is_any(first, {"--help", "-h", "help"})) {
    const bool one = words.size() > 1;
    return {.wish = Wish::help, .command = one ? &command_of(program, words[1]) : nullptr};
  }
  const CommandSpec& command = command_of(program, first);
  const Words rest(words.begin() + 1, words.end());
  if (is_any("--help", rest) || is_any("-h", rest)) {
    return {.wish = Wish::help, .command = &command};
  }
  return {.command = &command, .flags = read_flags(program, command, split_empty_values(rest))};
}

}  // namespace rarewood

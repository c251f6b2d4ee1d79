#include "rarewood/option/completion.hpp"

#include <set>

#include "rarewood/option/help.hpp"

namespace rarewood {
namespace {

/// Words a shell offers, joined by blanks.
std::string joined_words(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

/// In single quotes, which every one of the shells takes as it is.
std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

/// All words that are known of an option.
const std::vector<std::string>& words_of(const OptionSpec& spec) {
  return spec.choices.empty() ? spec.hints : spec.choices;
}

/// The command's options, each once: learners share names.
std::vector<OptionSpec> options_of(const CommandSpec& command) {
  std::vector<OptionSpec> options;
  std::set<std::string> seen;
  for (const OptionGroup& group : command.groups) {
    for (const OptionSpec& spec : group.specs) {
      if (seen.insert(spec.name).second) options.push_back(spec);
    }
  }
  return options;
}

std::vector<std::string> flags_of(const CommandSpec& command) {
  std::vector<std::string> flags;
  for (const OptionSpec& spec : options_of(command)) {
    flags.push_back(flag_name(spec.name));
    if (spec.value.empty() && spec.fallback == "true") {
      flags.push_back("--no-" + flag_name(spec.name).substr(2));
    }
  }
  flags.emplace_back("--help");
  return flags;
}

std::vector<std::string> visible_commands(const ProgramSpec& program) {
  std::vector<std::string> names;
  for (const CommandSpec& command : program.commands) {
    if (!command.hidden) names.push_back(command.name);
  }
  return names;
}

/// One case of a bash `case`: what stands for the words of a pattern.
std::string bash_case(const std::string& pattern, const std::vector<std::string>& words) {
  return "    " + pattern + ") words=" + quoted(joined_words(words)) + " ;;\n";
}

std::string bash_values(const ProgramSpec& program) {
  std::string cases;
  for (const CommandSpec& command : program.commands) {
    if (command.hidden) continue;
    for (const OptionSpec& spec : options_of(command)) {
      if (spec.value.empty()) {
        cases += "    " + command.name + "\\ " + flag_name(spec.name) + ") takes_value= ;;\n";
      } else if (!words_of(spec).empty()) {
        cases += bash_case(command.name + "\\ " + flag_name(spec.name), words_of(spec));
      }
    }
  }
  return cases;
}

/// Words that may stand without a flag, of the commands where only certain ones may.
std::string bash_positionals(const ProgramSpec& program) {
  std::string cases;
  for (const CommandSpec& command : program.commands) {
    if (command.hidden || command.positional.empty()) continue;
    const OptionSpec* spec = find_option(command, command.positional);
    if (spec != nullptr && !spec->choices.empty()) cases += bash_case(command.name, spec->choices);
  }
  return cases;
}

std::string bash_script(const ProgramSpec& program) {
  const std::string& name = program.name;
  std::string commands;
  for (const CommandSpec& command : program.commands) {
    if (!command.hidden) commands += bash_case(command.name, flags_of(command));
  }
  return "# bash completion of " + name + ", made by `" + name +
         " completion bash`\n"
         "_" +
         name +
         "() {\n"
         "  local current=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]}\n"
         "  local previous=${COMP_WORDS[COMP_CWORD-1]} takes_value=1 words=\n"
         "  COMPREPLY=()\n"
         "  if [[ $COMP_CWORD -eq 1 ]]; then\n"
         "    COMPREPLY=($(compgen -W " +
         quoted(joined_words(visible_commands(program)) + " --help --version") +
         " -- \"$current\"))\n"
         "    return\n"
         "  fi\n"
         "  case \"$command $previous\" in\n" +
         bash_values(program) +
         "  esac\n"
         "  [[ $previous == --no-* || $previous == --help ]] && takes_value=\n"
         "  if [[ $previous != --* || ! $takes_value ]]; then\n"
         "    if [[ $current == -* ]]; then\n"
         "      case $command in\n" +
         commands +
         "      esac\n"
         "    else\n"
         "      case $command in\n" +
         bash_positionals(program) +
         "      esac\n"
         "    fi\n"
         "  fi\n"
         "  if [[ ! $words && $current != -* ]]; then\n"
         "    COMPREPLY=($(compgen -f -- \"$current\"))\n"
         "    return\n"
         "  fi\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
         "  [[ ${COMPREPLY[0]} == *: ]] && compopt -o nospace 2>/dev/null\n"
         "}\n"
         "complete -o filenames -F _" +
         name + " " + name + "\n";
}

/// zsh runs bash's completions as they are.
std::string zsh_script(const ProgramSpec& program) {
  return "# zsh completion of " + program.name + ", made by `" + program.name +
         " completion zsh`; source it from ~/.zshrc\n"
         "autoload -Uz compinit bashcompinit\n"
         "(( $+functions[compdef] )) || compinit\n"
         "bashcompinit\n" +
         bash_script(program);
}

std::string fish_option(const std::string& begin, const OptionSpec& spec) {
  std::string line = begin + " -l " + flag_name(spec.name).substr(2);
  if (!spec.value.empty()) line += words_of(spec).empty() ? " -r" : " -x";
  if (!words_of(spec).empty()) line += " -a " + quoted(joined_words(words_of(spec)));
  return line + " -d " + quoted(help_sentence(spec)) + "\n";
}

std::string fish_script(const ProgramSpec& program) {
  const std::string begin = "complete -c " + program.name;
  std::string text =
      "# fish completion of " + program.name + ", made by `" + program.name + " completion fish`\n";
  for (const CommandSpec& command : program.commands) {
    if (command.hidden) continue;
    text += begin + " -f -n __fish_use_subcommand -a " + command.name + " -d " +
            quoted(command.summary) + "\n";
    const std::string within =
        begin + " -n " + quoted("__fish_seen_subcommand_from " + command.name);
    for (const OptionSpec& spec : options_of(command)) text += fish_option(within, spec);
  }
  return text;
}

}  // namespace

const std::vector<std::string>& completion_shells() {
  static const std::vector<std::string> shells{"bash", "zsh", "fish"};
  return shells;
}

std::string completion_script(const ProgramSpec& program, const std::string& shell) {
  if (shell == "fish") return fish_script(program);
  return shell == "zsh" ? zsh_script(program) : bash_script(program);
}

}  // namespace rarewood

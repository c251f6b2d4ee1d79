#include "rarewood/option/man_page.hpp"

#include "rarewood/option/help.hpp"

namespace rarewood {
namespace {

/// Text that roff takes as it is: hyphens stay hyphens, no line is read as a request.
std::string roff(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '\\') {
      result += "\\e";
    } else if (c == '-') {
      result += "\\-";
    } else {
      result += c;
    }
  }
  return text.starts_with('.') || text.starts_with('\'') ? "\\&" + result : result;
}

std::string entry(const std::string& term, const std::string& meaning) {
  return ".TP\n.B " + roff(term) + "\n" + roff(meaning) + "\n";
}

std::string command_section(const CommandSpec& command) {
  std::string text = ".SS " + roff(command.name) + "\n" + roff(command.summary) + ".\n";
  for (const Example& example : command.examples) {
    text += ".PP\n" + roff(example.purpose) + ":\n.PP\n.RS 4\n.nf\n" + roff(example.line) +
            "\n.fi\n.RE\n";
  }
  std::string sections;
  for (const OptionGroup& group : command.groups) {
    sections += (sections.empty() ? "[" : ", [") + group.name + "]";
  }
  return text + ".PP\nOptions: " + roff(sections) + "\n";
}

std::string group_section(const OptionGroup& group) {
  std::string text = ".SS " + roff("[" + group.name + "]") + "\n";
  if (!group.decided_by.empty()) {
    text += roff("Only with " + flag_name(group.decided_by) + " " + listed(group.deciding_words)) +
            ".\n";
  }
  for (const OptionSpec& spec : group.specs) {
    const std::string limits = limits_text(spec);
    text += entry(flag_text(spec),
                  help_sentence(spec) + (limits.empty() ? "" : " (" + limits + ")") + ".");
  }
  return text;
}

}  // namespace

std::string man_page(const ProgramSpec& program) {
  std::string text = ".TH " + program.name + " 1 \"\" \"" + program.name + " " + program.version +
                     "\"\n.SH NAME\n" + program.name + " \\- " + roff(program.summary) +
                     "\n.SH SYNOPSIS\n.B " + program.name +
                     "\n.I COMMAND\n[options]\n.SH COMMANDS\n";
  for (const CommandSpec& command : program.commands) {
    if (!command.hidden) text += command_section(command);
  }
  text += ".SH OPTIONS\n" +
          roff(
              "Every option can also stand in rarewood.toml below the [section] it stands in "
              "here, and in the environment as RAREWOOD_NAME. A flag overrides the environment, "
              "the environment the file.") +
          "\n";
  for (const OptionGroup& group : all_groups(program)) text += group_section(group);
  return text + ".SH EXIT STATUS\n" + entry("0", "All went well.") +
         entry("1", "The program broke its own rules; please report it.") +
         entry("2", "The command or an option is wrong.") +
         entry("3", "The input cannot be used as it is.") +
         entry("4", "A file, store or server refused.") +
         entry("5", "A check that was asked for said no.") +
         entry("130", "Stopped by the user or the scheduler.");
}

}  // namespace rarewood

#pragma once

#include <string>

#include "rarewood/option/command_spec.hpp"

namespace rarewood {

/// `rarewood --help`: what to type first, then every command with its line.
/// \param width  columns to fill, at least 48
std::string program_help(const ProgramSpec& program, int width);

/// `rarewood COMMAND --help`: examples, then the options by group with range and default.
std::string command_help(const ProgramSpec& program, const CommandSpec& command, int width);

/// What may be written for an option and what holds if nothing is: "at least 1; default 100".
std::string limits_text(const OptionSpec& spec);

/// What an option does, beginning with a capital letter.
std::string help_sentence(const OptionSpec& spec);

/// How an option is typed: "--max-depth INT", "--balance WORD", "--[no-]bootstrap".
std::string flag_text(const OptionSpec& spec);

/// `text` broken at spaces into lines of at most `width` columns, the later ones indented.
std::string wrapped(const std::string& text, int width, int indent);

}  // namespace rarewood

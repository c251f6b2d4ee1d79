#pragma once

#include <string>
#include <vector>

#include "rarewood/option/command_spec.hpp"

namespace rarewood {

/// What somebody typed after "rarewood".
struct CommandLine {
  enum class Wish { run, help, version };

  Wish wish = Wish::run;
  const CommandSpec* command = nullptr;  ///< null: help for the program
  RawOptions flags = {};                 ///< unchecked texts, Origin::flag
};

/// Read the words of a command line; values stay raw texts.
///
/// \param words  argv without the program's name
/// \return pointers into `program`
/// \throws Error(usage) naming an unknown command or option and the nearest known one, an option
///         without its value or given twice, a word too many.
CommandLine read_command_line(const ProgramSpec& program, const std::vector<std::string>& words);

}  // namespace rarewood

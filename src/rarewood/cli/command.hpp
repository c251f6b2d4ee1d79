#pragma once

#include <string>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/cli/general.hpp"
#include "rarewood/option/command_spec.hpp"

namespace rarewood {

/// What a command gets: the raw values that hold for it, to make its structs of.
struct Call {
  RawOptions raw;
  GeneralOptions general;
  Control control;
  std::string preset_line;  ///< what --strategy stands for; "" if none was chosen
};

/// A verb of the program. `run` prints results to stdout and throws Error if it cannot go on.
struct Command {
  CommandSpec spec;
  void (*run)(const Call& call);
};

Command sample_command();
Command features_command();
Command explore_command();
Command train_command();
Command audit_command();
Command compare_command();
Command validate_command();
Command promote_command();
Command score_command();
Command evaluate_command();
Command importance_command();
Command horizon_command();
Command doctor_command();
Command completion_command();
Command sync_command();
Command reference_command();

/// Every command in the order of --help, the general options added to each.
std::vector<Command> commands();

/// The program as --help and the reference page show it.
ProgramSpec program_spec(const std::vector<Command>& commands);

/// Text to stdout. \throws Error(external) if it cannot be written (a full disk).
void print(const std::string& text);

}  // namespace rarewood

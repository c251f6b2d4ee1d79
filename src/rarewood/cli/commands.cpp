#include <vector>

#include "rarewood/base/version.hpp"
#include "rarewood/cli/command.hpp"

namespace rarewood {

std::vector<Command> commands() {
  std::vector<Command> all{
      sample_command(), features_command(), explore_command(),    audit_command(),
      train_command(),  compare_command(),  validate_command(),   promote_command(),
      score_command(),  evaluate_command(), horizon_command(),    importance_command(),
      sync_command(),   doctor_command(),   completion_command(), reference_command()};
  for (Command& command : all) command.spec.groups.push_back(option_group(general_options()));
  return all;
}

ProgramSpec program_spec(const std::vector<Command>& commands) {
  ProgramSpec program;
  program.name = "rarewood";
  program.summary =
      "Predicts rare events from tables: an honest, calibrated classifier in seconds.";
  program.version = rarewood_version();
  program.beginning = {
      {"rarewood sample --store store", "a simulated shop's raw tables"},
      {"rarewood features --store store --as-of 10min", "what is known ten minutes in"},
      {"rarewood train --store store", "the model, judged, saved and tracked"},
  };
  for (const Command& command : commands) program.commands.push_back(command.spec);
  return program;
}

}  // namespace rarewood

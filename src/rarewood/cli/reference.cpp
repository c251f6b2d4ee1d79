#include "rarewood/option/reference.hpp"

#include "rarewood/cli/command.hpp"

namespace rarewood {

/// `rarewood reference`: the page docs/reference/options.md, which a test compares.
Command reference_command() {
  Command command;
  command.spec.name = "reference";
  command.spec.summary = "Print the reference page of all options, in Markdown";
  command.spec.hidden = true;
  command.run = [](const Call&) { print(reference_page(program_spec(commands()))); };
  return command;
}

}  // namespace rarewood

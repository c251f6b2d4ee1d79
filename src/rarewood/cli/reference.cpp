#include "rarewood/option/reference.hpp"

#include "rarewood/cli/command.hpp"
#include "rarewood/option/man_page.hpp"

namespace rarewood {
namespace {

struct ReferenceOptions {
  std::string format = "markdown";
};

const OptionTable<ReferenceOptions>& reference_options() {
  static const OptionTable<ReferenceOptions> table = [] {
    OptionTable<ReferenceOptions> t("reference");
    t.add(&ReferenceOptions::format, "format", "A page for a browser, or one for man(1)")
        .words({"markdown", "man"})
        .not_in_model();
    return t;
  }();
  return table;
}

void run(const Call& call) {
  const ProgramSpec program = program_spec(commands());
  const bool man = reference_options().make(call.raw).format == "man";
  print(man ? man_page(program) : reference_page(program));
}

}  // namespace

Command reference_command() {
  Command command;
  command.spec.name = "reference";
  command.spec.summary = "Print a page of all commands and options";
  command.spec.examples = {
      {"rarewood reference > options.md", "in Markdown, the page docs/reference/options.md"},
      {"rarewood reference --format man > rarewood.1", "for man(1)"},
  };
  command.spec.groups = {option_group(reference_options())};
  command.run = run;
  return command;
}

}  // namespace rarewood

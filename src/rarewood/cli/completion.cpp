#include "rarewood/option/completion.hpp"

#include "rarewood/cli/command.hpp"

namespace rarewood {
namespace {

struct CompletionOptions {
  std::string shell;
};

const OptionTable<CompletionOptions>& completion_options() {
  static const OptionTable<CompletionOptions> table = [] {
    OptionTable<CompletionOptions> t("completion");
    t.add(&CompletionOptions::shell, "shell", "The shell to make it for")
        .words(completion_shells())
        .not_in_model();
    return t;
  }();
  return table;
}

void run(const Call& call) {
  print(completion_script(program_spec(commands()), completion_options().make(call.raw).shell));
}

}  // namespace

Command completion_command() {
  Command command;
  command.spec.name = "completion";
  command.spec.summary = "Print a script that lets the Tab key complete commands and options";
  command.spec.examples = {
      {"rarewood completion fish > ~/.config/fish/completions/rarewood.fish", "for fish"},
      {"rarewood completion bash >> ~/.bashrc", "for every bash to come"},
  };
  command.spec.groups = {option_group(completion_options())};
  command.spec.positional = "shell";
  command.spec.required = {"shell"};
  command.run = run;
  return command;
}

}  // namespace rarewood

#include "rarewood/base/log.hpp"
#include "rarewood/base/process.hpp"
#include "rarewood/cli/command.hpp"
#include "rarewood/report/chart.hpp"
#include "rarewood/report/console_detail.hpp"
#include "rarewood/report/figure.hpp"
#include "rarewood/workflow/show_importance.hpp"

namespace rarewood {
namespace {

void run(const Call& call) {
  const ImportanceOptions options = importance_options().make(call.raw);
  const RunRecord record = importance_of(options, store_options().make(call.raw), call.control);
  print(importance_text({.plain = call.general.plain, .width = terminal_width()}, record));
  if (options.figure.empty()) return;
  const auto problem = draw_chart(importance_chart(record), options.figure, drawing_python());
  if (problem) throw Error(ErrorKind::external, *problem);
  print("Wrote " + options.figure + "\n");
}

}  // namespace

Command importance_command() {
  Command command;
  command.spec.name = "importance";
  command.spec.summary = "Show which features a saved model relies on";
  command.spec.examples = {
      {"rarewood importance", "of the store's model"},
      {"rarewood importance --model model.onnx --figure importance.png", "with a picture"},
  };
  command.spec.groups = {option_group(importance_options()), option_group(store_options())};
  command.run = run;
  return command;
}

}  // namespace rarewood

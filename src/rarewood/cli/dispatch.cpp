#include "rarewood/cli/dispatch.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <new>
#include <system_error>

#include "rarewood/base/process.hpp"
#include "rarewood/cli/command.hpp"
#include "rarewood/option/command_line.hpp"
#include "rarewood/option/gather.hpp"
#include "rarewood/option/help.hpp"
#include "rarewood/option/unknown_variables.hpp"

namespace rarewood {
namespace {

constexpr int kNarrowest = 48;
constexpr int kWidest = 100;

/// A stop that was asked for explains whatever failed after it, unless what was stopped says more
/// itself.
void run_until_stopped(const Command& command, const Call& call) {
  try {
    command.run(call);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::interrupted) check_stop(call.control);
    throw;
  } catch (...) {
    check_stop(call.control);
    throw;
  }
}

void run_command(const Command& command, const ProgramSpec& program, const RawOptions& flags) {
  const Gathered gathered = gather(command.spec, flags, find_config(program, flags));
  const GeneralOptions general = general_options().make(gathered.raw);
  set_log_level(general.log_level);
  const std::string unknown = unknown_variables(program, environment_variables("RAREWOOD_"));
  if (!unknown.empty()) log(LogLevel::warning, unknown);
  const Call call{gathered.raw, general, control_of(general, stop_on_signal()),
                  gathered.preset_line};
  run_until_stopped(command, call);
  clear_status();
}

void answer(const std::vector<std::string>& words) {
  const std::vector<Command> all = commands();
  const ProgramSpec program = program_spec(all);
  const CommandLine line = read_command_line(program, words);
  if (line.wish == CommandLine::Wish::version) return print("rarewood " + program.version + "\n");
  if (line.wish == CommandLine::Wish::help) {
    const int width = std::clamp(terminal_width(), kNarrowest, kWidest);
    return print(line.command == nullptr ? program_help(program, width)
                                         : command_help(program, *line.command, width));
  }
  for (const Command& command : all) {
    if (command.spec.name == line.command->name) run_command(command, program, line.flags);
  }
}

/// One line, whatever a library put into its message.
int tell(ErrorKind kind, std::string sentence) {
  std::replace(sentence.begin(), sentence.end(), '\n', ' ');
  std::fflush(stdout);
  log(LogLevel::error, sentence);
  return static_cast<int>(kind);
}

std::string bug_report(const std::string& what) {
  return "rarewood failed in a way it should not: " + what +
         ". Please report this line together with the command.";
}

}  // namespace

void print(const std::string& text) {
  clear_status();
  const bool whole = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (whole && std::fflush(stdout) == 0) return;
  if (errno == EPIPE) return;  // the reader has seen enough, as in `rarewood ... | head`
  throw Error(ErrorKind::external, "The output could not be written (" +
                                       std::generic_category().message(errno) +
                                       "). Make room, or send it elsewhere.");
}

int dispatch(const std::vector<std::string>& words) {
  try {
    answer(words);
    return 0;
  } catch (const Error& error) {
    return tell(error.kind(), error.what());
  } catch (const std::bad_alloc&) {
    return tell(ErrorKind::bug, bug_report("memory ran out where no step had foreseen it; "
                                           "--memory-limit makes steps refuse earlier"));
  } catch (const std::exception& error) {
    return tell(ErrorKind::bug, bug_report(error.what()));
  }
}

}  // namespace rarewood

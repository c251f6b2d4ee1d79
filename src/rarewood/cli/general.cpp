#include "rarewood/cli/general.hpp"

#include <array>
#include <utility>

#include "rarewood/base/process.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/cli/progress.hpp"

namespace rarewood {
namespace {

/// Bytes of a unit, decimal or binary; 0 if there is no such unit.
double unit_bytes(const std::string& unit) {
  static constexpr std::array<std::pair<const char*, double>, 10> kUnits{{{"", 1},
                                                                          {"b", 1},
                                                                          {"kb", 1e3},
                                                                          {"mb", 1e6},
                                                                          {"gb", 1e9},
                                                                          {"tb", 1e12},
                                                                          {"kib", 1024},
                                                                          {"mib", 1048576},
                                                                          {"gib", 1073741824},
                                                                          {"tib", 1099511627776}}};
  for (const auto& [name, bytes] : kUnits) {
    if (lower(unit) == name) return bytes;
  }
  return 0;
}

int threads_of(const GeneralOptions& options) {
  if (options.n_jobs == 0) {
    throw Error(ErrorKind::usage,
                "--n-jobs must be a number of threads, or -1 for all cores, not '0'.");
  }
  return options.n_jobs < 0 ? available_cores() : options.n_jobs;
}

}  // namespace

const OptionTable<GeneralOptions>& general_options() {
  static const auto table = [] {
    OptionTable<GeneralOptions> made("general");
    made.add(&GeneralOptions::random_state, "random_state", "Seed of everything drawn at random",
             {.lowest = 0})
        .alias("seed")
        .add(&GeneralOptions::n_jobs, "n_jobs",
             "Threads; -1 means all cores. Results do not depend on it",
             {.lowest = -1, .highest = 1024})
        .not_in_model()
        .add(&GeneralOptions::memory_limit, "memory_limit",
             "Refuse a step that needs more memory: 8GB, none, or auto for nine tenths of what "
             "there is")
        .not_in_model()
        .choice(&GeneralOptions::log_level, "log_level", "What is told on stderr",
                {{"error", LogLevel::error},
                 {"warning", LogLevel::warning},
                 {"info", LogLevel::info},
                 {"debug", LogLevel::debug}})
        .not_in_model()
        .add(&GeneralOptions::plain, "plain", "ASCII only: no colour, emoji or moving lines")
        .not_in_model()
        .add(&GeneralOptions::config, "config",
             "File of options; without it ./rarewood.toml, if there is one")
        .not_in_model();
    return made;
  }();
  return table;
}

std::uint64_t memory_limit_bytes(const std::string& text) {
  if (text == "none") return 0;
  if (text == "auto") return available_memory() / 10 * 9;
  const std::size_t end = text.find_first_not_of("0123456789.");
  const auto number = parse_double(text.substr(0, end));
  std::string unit = end == std::string::npos ? "" : text.substr(end);
  unit.erase(0, unit.find_first_not_of(' '));
  const double bytes = number ? *number * unit_bytes(unit) : 0;
  if (bytes < 1 || bytes > 1e18) {
    throw Error(ErrorKind::usage,
                "--memory-limit must be a size such as 8GB or 500MB, 'none' or "
                "'auto', not '" +
                    text + "'.");
  }
  return static_cast<std::uint64_t>(bytes);
}

ConsoleStyle style_of(const GeneralOptions& options) {
  return {.plain = options.plain,
          .colour = !options.plain && colour_is_wanted(),
          .width = terminal_width()};
}

Control control_of(const GeneralOptions& options, std::stop_token stop) {
  Control control;
  control.threads = threads_of(options);
  control.stop = std::move(stop);
  control.memory_limit = memory_limit_bytes(options.memory_limit);
  if (!options.plain) control.progress = terminal_progress();
  return control;
}

}  // namespace rarewood

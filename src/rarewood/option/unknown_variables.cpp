#include "rarewood/option/unknown_variables.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "rarewood/base/text.hpp"

namespace rarewood {
namespace {

/// Read by no option: of the Python that draws, of the DAG, of the scripts in tool/ and of tests.
constexpr std::array<std::string_view, 8> kOfOthers{
    "RAREWOOD_PYTHON",   "RAREWOOD_PROGRAM", "RAREWOOD_SHARED", "RAREWOOD_BUILD",
    "RAREWOOD_SERVICES", "RAREWOOD_WORK",    "RAREWOOD_TIDY",   "RAREWOOD_ASAN"};
/// The same by their beginning: ports, addresses and files of the servers.
constexpr std::array<std::string_view, 7> kOfServers{
    "RAREWOOD_MINIO",  "RAREWOOD_MLFLOW_", "RAREWOOD_AIRFLOW_", "RAREWOOD_SERVICES_",
    "RAREWOOD_FAULTS", "RAREWOOD_ONLINE_", "RAREWOOD_TIDY_"};

bool is_of_others(std::string_view variable) {
  return std::ranges::find(kOfOthers, variable) != kOfOthers.end() ||
         std::ranges::any_of(kOfServers,
                             [&](std::string_view begin) { return variable.starts_with(begin); });
}

std::vector<std::string> names_of(const ProgramSpec& program) {
  std::vector<std::string> names;
  for (const OptionGroup& group : all_groups(program)) {
    for (const OptionSpec& spec : group.specs) {
      names.push_back(environment_name(spec.name));
      names.insert(names.end(), spec.environment.begin(), spec.environment.end());
    }
  }
  return names;
}

}  // namespace

std::string unknown_variables(const ProgramSpec& program,
                              const std::vector<std::string>& variables) {
  const std::vector<std::string> known = names_of(program);
  std::vector<std::string> unknown;
  std::string meant;
  for (const std::string& variable : variables) {
    const bool is_known = std::ranges::find(known, variable) != known.end();
    if (is_known || is_of_others(variable)) continue;
    unknown.push_back(variable);
    meant += did_you_mean(variable, known);
  }
  if (unknown.empty()) return "";
  const bool one = unknown.size() == 1;
  return listed(unknown) + (one ? " is set, but is no option" : " are set, but are no options") +
         (one ? " and does nothing." : " and do nothing.") + meant;
}

}  // namespace rarewood

#include "rarewood/audit/fail_on.hpp"

#include <algorithm>

#include "rarewood/base/error.hpp"

namespace rarewood {
namespace {

std::size_t count(const std::vector<Finding>& findings, FindingLevel level) {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(),
                    [&](const Finding& finding) { return finding.level == level; }));
}

std::string counted(std::size_t number, const std::string& word) {
  return number == 1 ? "1 " + word : std::to_string(number) + " " + word + "s";
}

std::string of_columns(const std::vector<Finding>& findings, FindingLevel level) {
  const std::string columns = columns_of(findings, level);
  return columns.empty() ? "" : " (" + columns + ")";
}

}  // namespace

void check_findings(const std::vector<Finding>& findings, FailOn fail_on) {
  const std::size_t proved = count(findings, FindingLevel::proved);
  const bool leak_fails = fail_on == FailOn::leak || fail_on == FailOn::suspect;
  if (leak_fails && proved > 0) {
    throw Error(ErrorKind::check,
                "The audit found " + counted(proved, "leak") +
                    of_columns(findings, FindingLevel::proved) +
                    ", and --fail-on asked it to fail. Follow the advice given with each.");
  }
  const std::size_t suspects = count(findings, FindingLevel::suspect);
  if (fail_on == FailOn::suspect && suspects > 0) {
    throw Error(ErrorKind::check, "The audit has " + counted(suspects, "suspect") +
                                      of_columns(findings, FindingLevel::suspect) +
                                      ", and --fail-on suspect asked it to fail. Answer the "
                                      "question asked of each.");
  }
}

}  // namespace rarewood

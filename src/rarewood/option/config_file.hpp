#pragma once

#include <map>
#include <string>
#include <vector>

#include "rarewood/option/command_spec.hpp"

namespace rarewood {

/// Raw values of rarewood.toml: section -> option name -> value.
using ConfigSections = std::map<std::string, RawOptions>;

/// Read TOML whose sections are the groups and whose keys are the option names.
///
/// Types are checked here (an INT is an integer, a LIST an array), ranges when a struct is made of
/// the values: a file may hold sections of commands and learners that do not run today.
/// \param text   the file's bytes
/// \param name   what messages call the file
/// \param known  every section that any command reads
/// \throws Error(usage) naming file and line: not TOML, unknown section or key, wrong type.
ConfigSections read_config(const std::string& text, const std::string& name,
                           const std::vector<OptionGroup>& known);

}  // namespace rarewood

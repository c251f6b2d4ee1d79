#pragma once

#include <string>

#include "rarewood/option/config_file.hpp"

namespace rarewood {

/// What holds for one run: raw values by option name, of the groups that are on.
struct Gathered {
  RawOptions raw;
  /// What --strategy expanded to, or why a file's was left out, for printing; "" without one.
  std::string preset_line;
};

/// Put together what was said about the options of `command`:
/// defaults < preset < rarewood.toml < environment < flags.
///
/// The environment is RAREWOOD_<NAME> for every option, then the standard variables of its spec;
/// an empty variable counts as not set. Values are not checked here but when a struct is made.
/// \param flags  of the command line
/// \param file   of rarewood.toml, see `read_config`
/// \throws Error(usage): unknown preset, an option of a group that is off, a required option that
/// is
///         missing, two options that contradict each other.
Gathered gather(const CommandSpec& command, const RawOptions& flags, const ConfigSections& file);

/// Fill values of the preset that nobody set, for one group. Origin::preset.
void expand_preset(RawOptions& raw, const Preset& preset, const OptionGroup& group);

/// The sections of the file that --config or RAREWOOD_CONFIG names, else of ./rarewood.toml if
/// there is one, else none.
/// \throws Error(external) if a named file cannot be read, Error(usage) as `read_config` does.
ConfigSections find_config(const ProgramSpec& program, const RawOptions& flags);

}  // namespace rarewood

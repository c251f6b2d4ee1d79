#include "rarewood/option/gather.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <set>

#include "rarewood/base/file.hpp"

namespace rarewood {
namespace {

constexpr const char* kPresetOption = "strategy";
constexpr const char* kConfigOption = "config";
constexpr const char* kConfigFile = "rarewood.toml";

std::optional<RawValue> from_environment(const OptionSpec& spec) {
  std::vector<std::string> variables{environment_name(spec.name)};
  variables.insert(variables.end(), spec.environment.begin(), spec.environment.end());
  for (const std::string& variable : variables) {
    const char* text = std::getenv(variable.c_str());
    if (text != nullptr && *text != '\0') return RawValue{text, Origin::environment, variable};
  }
  return std::nullopt;
}

/// Values from the flags, the environment and the group's section of the file, in this order.
void take_group(RawOptions& raw, const OptionGroup& group, const RawOptions& flags,
                const ConfigSections& file) {
  const auto section = file.find(group.name);
  for (const OptionSpec& spec : group.specs) {
    if (const auto flag = flags.find(spec.name); flag != flags.end()) {
      raw[spec.name] = flag->second;
    } else if (auto variable = from_environment(spec)) {
      raw[spec.name] = std::move(*variable);
    } else if (section != file.end() && section->second.contains(spec.name)) {
      raw[spec.name] = section->second.at(spec.name);
    }
  }
}

/// A strategy in a file is of the job that the file configures, the one on the store's own table; a
/// table named on the command line is another job.
/// \return what to say of it, or ""
std::string leave_out_others_strategy(const CommandSpec& command, RawOptions& raw) {
  const auto chosen = raw.find(kPresetOption);
  const auto named = raw.find(command.positional);
  if (command.positional.empty() || chosen == raw.end() || named == raw.end()) return "";
  if (chosen->second.origin != Origin::file || named->second.origin != Origin::flag) return "";
  std::string line = "Strategy " + chosen->second.text + " (" + chosen->second.place +
                     ") is for the store's own table and was left out. --strategy " +
                     chosen->second.text + " asks for it.";
  raw.erase(chosen);
  return line;
}

/// A command may have a strategy of its own where none is named.
void take_usual_strategy(const CommandSpec& command, RawOptions& raw) {
  const OptionSpec* spec = find_option(command, kPresetOption);
  if (spec == nullptr || spec->fallback.empty()) return;
  raw.try_emplace(kPresetOption, RawValue{spec->fallback, Origin::preset});
}

/// Null where none is chosen; `--strategy none` takes back what the file says.
const Preset* chosen_preset(const CommandSpec& command, const RawOptions& raw) {
  const auto chosen = raw.find(kPresetOption);
  if (chosen == raw.end() || command.presets.empty()) return nullptr;
  OptionSpec spec;
  spec.name = kPresetOption;
  spec.choices = {"none"};
  for (const Preset& preset : command.presets) {
    if (preset.name == chosen->second.text) return &preset;
    spec.choices.push_back(preset.name);
  }
  try {
    check_choice(spec, chosen->second.text);
    return nullptr;
  } catch (const Error& error) {
    throw with_place(error, chosen->second);
  }
}

/// The value of an option as things stand: what was said, else its default.
std::string value_now(const CommandSpec& command, const RawOptions& raw, const std::string& name) {
  const auto said = raw.find(name);
  if (said != raw.end()) return said->second.text;
  const OptionSpec* spec = find_option(command, name);
  return spec == nullptr ? "" : spec->fallback;
}

bool is_on(const CommandSpec& command, const RawOptions& raw, const OptionGroup& group) {
  if (group.decided_by.empty()) return true;
  const auto chosen = list_items(value_now(command, raw, group.decided_by));
  return std::any_of(chosen.begin(), chosen.end(), [&](const std::string& word) {
    const auto& words = group.deciding_words;
    return std::find(words.begin(), words.end(), word) != words.end();
  });
}

/// \throws Error(usage) if a flag belongs only to groups that are off.
void refuse_flags_of_other_groups(const CommandSpec& command, const RawOptions& raw,
                                  const RawOptions& flags) {
  for (const auto& [name, value] : flags) {
    if (raw.contains(name)) continue;
    std::vector<std::string> owners;
    std::string decided_by;
    for (const OptionGroup& group : command.groups) {
      for (const OptionSpec& spec : group.specs) {
        if (spec.name != name) continue;
        decided_by = group.decided_by;
        owners.insert(owners.end(), group.deciding_words.begin(), group.deciding_words.end());
      }
    }
    throw Error(ErrorKind::usage, flag_name(name) + " goes with " + flag_name(decided_by) + " " +
                                      listed(owners) + ", but " + decided_by + " is '" +
                                      value_now(command, raw, decided_by) +
                                      "'. Leave one of the two out.");
  }
}

/// "Where it goes" -> "where it goes"; "MLflow's" stays.
std::string within_sentence(std::string help) {
  const bool is_name = help.size() > 1 && std::isupper(static_cast<unsigned char>(help[1])) != 0;
  if (!help.empty() && !is_name) {
    help[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(help[0])));
  }
  return help;
}

void check_required(const CommandSpec& command, const RawOptions& raw) {
  for (const std::string& name : command.required) {
    if (raw.contains(name)) continue;
    const bool bare = name == command.positional;
    const OptionSpec* spec = find_option(command, name);
    throw Error(ErrorKind::usage, "'rarewood " + command.name + "' needs " +
                                      (bare ? "a " + name : flag_name(name)) +
                                      (spec == nullptr ? "" : ": " + within_sentence(spec->help)) +
                                      ". See 'rarewood " + command.name + " --help'.");
  }
}

void check_contradictions(const CommandSpec& command, const RawOptions& raw) {
  for (const auto& [one, other] : command.contradictions) {
    const auto first = raw.find(one);
    const auto second = raw.find(other);
    if (first == raw.end() || second == raw.end()) continue;
    const auto with_origin = [](const std::string& name, const RawValue& value) {
      return flag_name(name) + (value.place.empty() ? "" : " (" + value.place + ")");
    };
    throw Error(ErrorKind::usage, with_origin(one, first->second) + " and " +
                                      with_origin(other, second->second) +
                                      " contradict each other. Give one of them.");
  }
}

/// "Strategy smote: --learner forest --n-estimators 50 (as you said, not 200) ..."
std::string preset_text(const Preset& preset, const RawOptions& raw,
                        const std::set<std::string>& groups_on) {
  const std::string& place = raw.at(kPresetOption).place;
  std::string line = "Strategy " + preset.name + (place.empty() ? "" : " (" + place + ")") + ":";
  for (const PresetValue& value : preset.values) {
    if (!groups_on.contains(value.group)) continue;
    const std::string& now = raw.at(value.name).text;
    line += " " + flag_name(value.name) + " " + now;
    if (now != value.text) line += " (as you said, not " + value.text + ")";
  }
  return line;
}

}  // namespace

void expand_preset(RawOptions& raw, const Preset& preset, const OptionGroup& group) {
  for (const PresetValue& value : preset.values) {
    if (value.group != group.name) continue;
    raw.try_emplace(value.name,
                    RawValue{value.text, Origin::preset, kPresetOption + (" " + preset.name)});
  }
}

Gathered gather(const CommandSpec& command, const RawOptions& flags, const ConfigSections& file) {
  RawOptions raw;
  std::set<std::string> groups_on;
  for (const OptionGroup& group : command.groups) {
    if (group.decided_by.empty()) take_group(raw, group, flags, file);
  }
  const std::string left_out = leave_out_others_strategy(command, raw);
  take_usual_strategy(command, raw);
  const Preset* preset = chosen_preset(command, raw);
  for (const OptionGroup& group : command.groups) {
    if (preset != nullptr && group.decided_by.empty()) expand_preset(raw, *preset, group);
  }
  for (const OptionGroup& group : command.groups) {
    if (!is_on(command, raw, group)) continue;
    groups_on.insert(group.name);
    take_group(raw, group, flags, file);
    if (preset != nullptr) expand_preset(raw, *preset, group);
  }
  refuse_flags_of_other_groups(command, raw, flags);
  check_required(command, raw);
  check_contradictions(command, raw);
  return {raw, preset == nullptr ? left_out : preset_text(*preset, raw, groups_on)};
}

ConfigSections find_config(const ProgramSpec& program, const RawOptions& flags) {
  OptionSpec spec;
  spec.name = kConfigOption;
  std::string path;
  if (const auto flag = flags.find(kConfigOption); flag != flags.end()) {
    path = flag->second.text;
  } else if (const auto variable = from_environment(spec)) {
    path = variable->text;
  } else if (std::filesystem::exists(kConfigFile)) {
    path = kConfigFile;
  } else {
    return {};
  }
  return read_config(read_file(path), path, all_groups(program));
}

}  // namespace rarewood

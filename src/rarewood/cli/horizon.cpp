#include "rarewood/workflow/horizon.hpp"

#include <algorithm>
#include <filesystem>

#include "rarewood/base/file.hpp"
#include "rarewood/base/log.hpp"
#include "rarewood/cli/command.hpp"
#include "rarewood/cli/method_groups.hpp"
#include "rarewood/report/horizon_json.hpp"
#include "rarewood/report/horizon_text.hpp"
#include "rarewood/workflow/horizon_saving.hpp"

namespace rarewood {
namespace {

HorizonRequest request_of(const Call& call) {
  return {.horizon = horizon_options().make(call.raw),
          .features = {.files = feature_files_options().make(call.raw),
                       .session = session_options().make(call.raw),
                       .store = store_options().make(call.raw),
                       .text = table_options().make(call.raw)},
          .train = train_options().make(call.raw),
          .decision = decision_options().make(call.raw),
          .split = split_options().make(call.raw),
          .track = track_options().make(call.raw),
          .raw = call.raw,
          .seed = static_cast<std::uint64_t>(call.general.random_state)};
}

void run(const Call& call) {
  const HorizonRequest request = request_of(call);
  check_horizon_places(request);
  HorizonRecord record = horizon(request, call.control);
  if (!call.preset_line.empty()) log(LogLevel::info, call.preset_line);
  print(horizon_text(style_of(call.general), record));
  save_horizon(record, request, call.control);
}

/// Options of another command that mean the same here.
OptionGroup only_these(OptionGroup group, const std::vector<std::string>& names) {
  std::erase_if(group.specs, [&](const OptionSpec& spec) {
    return std::ranges::find(names, spec.name) == names.end();
  });
  return group;
}

OptionGroup without(OptionGroup group, const std::vector<std::string>& names) {
  std::erase_if(group.specs, [&](const OptionSpec& spec) {
    return std::ranges::find(names, spec.name) != names.end();
  });
  return group;
}

/// train's options of method, with the strategy that suits many small models. They stand in the
/// section [horizon] of a file: what is said there of train is not meant for sixteen models.
OptionGroup method_group() {
  OptionGroup group =
      joined(only_these(option_group(train_options()), {"strategy", "learner", "balance"}),
             option_group(decision_options()));
  for (OptionSpec& spec : group.specs) {
    spec.group = "horizon";
    if (spec.name == "strategy") spec.fallback = kSteadyStrategy;
  }
  return group;
}

/// train's strategies, for that section.
std::vector<Preset> horizon_strategies() {
  std::vector<Preset> presets = strategies();
  for (Preset& preset : presets) {
    for (PresetValue& value : preset.values) {
      if (value.group == "train") value.group = "horizon";
    }
  }
  return presets;
}

}  // namespace

Command horizon_command() {
  Command command;
  command.spec.name = "horizon";
  command.spec.summary = "Show how early in a session it can be known, a model a point";
  command.spec.examples = {
      {"rarewood horizon", "the usual ten minutes and six pages of the store's raw tables"},
      {"rarewood horizon --points 5min,10min,page:4 --json horizon.json",
       "these points, all figures as JSON"},
      {"rarewood horizon --alert-once", "also all times together: one alert a session"},
  };
  command.spec.groups = {joined(option_group(horizon_options()), method_group()),
                         joined(without(option_group(feature_files_options()), {"out"}),
                                without(option_group(session_options()), {"as_of"}))};
  for (OptionGroup& group : method_groups()) command.spec.groups.push_back(std::move(group));
  command.spec.groups.push_back(only_these(option_group(split_options()), {"test_size", "folds"}));
  command.spec.groups.push_back(option_group(store_options()));
  command.spec.groups.push_back(option_group(table_options()));
  command.spec.groups.push_back(option_group(track_options()));
  command.spec.presets = horizon_strategies();
  command.run = run;
  return command;
}

}  // namespace rarewood

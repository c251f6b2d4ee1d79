#include "rarewood/workflow/candidates.hpp"

#include <algorithm>
#include <map>

#include "rarewood/base/text.hpp"

namespace rarewood {
namespace {

/// Raw values by section, which is the group of a learner's or a sampler's options.
using Settings = std::map<std::string, RawOptions>;

std::string section_of(const std::vector<OptionSpec>& options) {
  return options.empty() ? "" : options.front().group;
}

std::map<std::string, std::vector<OptionSpec>> sections() {
  std::map<std::string, std::vector<OptionSpec>> all;
  for (const LearnerEntry& entry : learners()) all[section_of(entry.options)] = entry.options;
  for (const ResamplerEntry& entry : resamplers()) all[section_of(entry.options)] = entry.options;
  all.erase("");
  return all;
}

[[noreturn]] void refuse_setting(const std::string& setting, const std::string& why) {
  throw Error(ErrorKind::usage, "--set '" + setting + "': " + why);
}

template <typename Named>
std::string unknown(const std::string& what, const std::string& name, const Named& names) {
  const auto meant = nearest_word(name, names);
  return what + " '" + name + "'; there are " + listed(names) + "." +
         (meant ? " Did you mean '" + *meant + "'?" : "");
}

/// "forest.n_estimators=200" into its section.
void take_setting(const std::string& setting, Settings& settings) {
  const std::size_t dot = setting.find('.');
  const std::size_t equals = setting.find('=');
  if (dot == std::string::npos || equals == std::string::npos || dot > equals) {
    refuse_setting(setting, "Write it as section.option=value, such as forest.max_depth=12.");
  }
  const std::string section = setting.substr(0, dot);
  std::string option = setting.substr(dot + 1, equals - dot - 1);
  std::ranges::replace(option, '-', '_');
  std::vector<std::string> names;
  const auto all = sections();
  for (const auto& [name, specs] : all) names.push_back(name);
  if (!all.contains(section)) refuse_setting(setting, unknown("There is no", section, names));
  names.clear();
  for (const OptionSpec& spec : all.at(section)) names.push_back(spec.name);
  if (std::ranges::find(names, option) == names.end()) {
    refuse_setting(setting, unknown(section + " has no", option, names));
  }
  const std::string place = "--set " + section + "." + option;
  if (!settings[section]
           .emplace(option, RawValue{setting.substr(equals + 1), Origin::flag, place})
           .second) {
    refuse_setting(setting, "The option is set twice. Leave one of them out.");
  }
}

/// Names once each, as they were given.
std::vector<std::string> distinct(const std::vector<std::string>& names, const char* option,
                                  const char* example) {
  std::vector<std::string> once;
  for (const std::string& name : names) {
    if (std::ranges::find(once, name) == once.end()) once.push_back(name);
  }
  if (once.empty()) {
    throw Error(ErrorKind::usage, std::string(option) + " names nothing to compare. Give some, " +
                                      "such as " + option + " " + example + ".");
  }
  return once;
}

/// What a candidate is made of.
struct Parts {
  const LearnerEntry& learner;
  const ResamplerEntry& resampler;
  RawOptions raw;
};

Parts parts_of(const CandidateName& name, const Settings& settings) {
  Parts parts{learner_named(name.learner), resampler_named(name.balance), {}};
  for (const std::string& section :
       {section_of(parts.learner.options), section_of(parts.resampler.options)}) {
    const auto found = settings.find(section);
    if (found != settings.end()) parts.raw.insert(found->second.begin(), found->second.end());
  }
  return parts;
}

/// Adds the candidate, or the reason why it cannot be one.
void add_candidate(const CandidateName& name, const Settings& settings, Recipes& recipes) {
  const Parts parts = parts_of(name, settings);
  parts.learner.make(parts.raw);  // a value out of range is refused; it is no combination
  parts.resampler.make(parts.raw);
  try {
    TrainOptions options;
    options.learner = name.learner;
    options.balance = name.balance;
    recipes.candidates.push_back({name, choose_method(options, parts.raw)});
  } catch (const Error& error) {
    recipes.skipped.push_back(name.text() + ": " + error.what());
  }
}

/// Every section that was set must belong to something that is compared.
void refuse_idle_settings(const Settings& settings, const std::vector<std::string>& learner_names,
                          const std::vector<std::string>& balance_names) {
  for (const auto& [section, values] : settings) {
    const auto uses = [&, &wanted = section](const auto& entry) {
      return section_of(entry.options) == wanted;
    };
    const bool used =
        std::ranges::any_of(learner_names,
                            [&](const std::string& name) { return uses(learner_named(name)); }) ||
        std::ranges::any_of(balance_names,
                            [&](const std::string& name) { return uses(resampler_named(name)); });
    if (used) continue;
    refuse_setting(section + "." + values.begin()->first + "=" + values.begin()->second.text,
                   section +
                       " is not compared. Name it with --learners or --balances, or leave "
                       "the setting out.");
  }
}

/// \throws Error(data) if it cannot do with the rows of the whole part or of a fold
void check_sampler(const Resampler& resampler, const TrainPart& train) {
  const FitPart all = train.all();
  resampler.check(all.totals());
  resampler.plan(all);
  for (std::uint32_t k = 0; k < train.folds(); ++k) resampler.plan(train.fold(k).fit);
}

}  // namespace

Recipes list_candidates(const CompareOptions& options) {
  const auto learner_names = distinct(options.learners, "--learners", "forest,xgboost");
  const auto balance_names = distinct(options.balances, "--balances", "none,class_weight");
  Settings settings;
  for (const std::string& setting : options.set) take_setting(setting, settings);
  for (const std::string& balance : balance_names) resampler_named(balance);
  for (const std::string& learner : learner_names) learner_named(learner);
  refuse_idle_settings(settings, learner_names, balance_names);
  Recipes recipes;
  for (const std::string& learner : learner_names) {
    if (learner == "dummy") {
      add_candidate({learner, "none"}, settings, recipes);
      continue;
    }
    for (const std::string& balance : balance_names) {
      add_candidate({learner, balance}, settings, recipes);
    }
  }
  return recipes;
}

void skip_impossible(const TrainPart& train, Recipes& recipes) {
  std::vector<Recipe> able;
  for (Recipe& recipe : recipes.candidates) {
    try {
      if (recipe.method.resamples) check_sampler(*recipe.method.resampler, train);
      able.push_back(std::move(recipe));
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::data) throw;
      recipes.skipped.push_back(recipe.name.text() + ": " + error.what());
    }
  }
  recipes.candidates = std::move(able);
  if (!recipes.candidates.empty()) return;
  throw Error(ErrorKind::data, "Nothing is left to compare. " + recipes.skipped.front() +
                                   " Name others with --learners and --balances.");
}

}  // namespace rarewood

#include "rarewood/resample/resampler.hpp"

#include "rarewood/resample/smote.hpp"

namespace rarewood {
namespace {

class Unchanged : public Resampler {
 public:
  Resampled resample(const FitPart& part, std::uint64_t, const Control&) const override {
    return {part};
  }
};

std::unique_ptr<Resampler> make_unchanged(const RawOptions&) {
  return std::make_unique<Unchanged>();
}

std::vector<std::pair<std::string, std::string>> no_values(const RawOptions&) { return {}; }

}  // namespace

const std::vector<ResamplerEntry>& resamplers() {
  static const std::vector<ResamplerEntry> entries{
      {"none", "learn from the rows as they are", {}, make_unchanged, no_values},
      {"class_weight",
       "make both classes weigh the same in the learner",
       {},
       make_unchanged,
       no_values},
      {"smote", "add synthetic positive rows between neighbours", smote_options().specs(),
       make_smote,
       [](const RawOptions& raw) { return smote_options().values(smote_options().make(raw)); }},
  };
  return entries;
}

const ResamplerEntry& resampler_named(const std::string& name) {
  std::vector<std::string> names;
  for (const ResamplerEntry& entry : resamplers()) {
    if (entry.name == name) return entry;
    names.push_back(entry.name);
  }
  const auto meant = nearest_word(name, names);
  throw Error(ErrorKind::usage, "There is no balance '" + name + "'; there are " + listed(names) +
                                    "." + (meant ? " Did you mean '" + *meant + "'?" : ""));
}

}  // namespace rarewood

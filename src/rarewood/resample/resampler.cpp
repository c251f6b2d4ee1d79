#include "rarewood/resample/resampler.hpp"

#include "rarewood/resample/adasyn.hpp"
#include "rarewood/resample/borderline_smote.hpp"
#include "rarewood/resample/cleaning.hpp"
#include "rarewood/resample/random_sampling.hpp"
#include "rarewood/resample/sampler_options.hpp"
#include "rarewood/resample/smote.hpp"
#include "rarewood/resample/smoten.hpp"

namespace rarewood {
namespace {

class Unchanged : public Resampler {
 public:
  SamplingPlan plan(const FitPart& part) const override { return {part.totals(), part.totals()}; }
  Resampled resample(const FitPart& part, std::uint64_t, const Control&) const override {
    return {part};
  }
};

ResamplerEntry unchanged(const std::string& name, const std::string& help) {
  return {
      name,
      "",
      help,
      {},
      [](const RawOptions&) -> std::unique_ptr<Resampler> { return std::make_unique<Unchanged>(); },
      [](const RawOptions&) { return std::vector<std::pair<std::string, std::string>>{}; }};
}

/// What a sampler is called and says of itself.
struct Names {
  std::string name;
  std::string title;
  std::string help;
  bool synthesises = false;
  bool repeats = false;
};

template <const SamplerTable& (*table)(),
          std::unique_ptr<Resampler> (*make)(const SamplerOptions& options)>
ResamplerEntry sampler(const Names& names) {
  return {names.name,
          names.title,
          names.help,
          table().specs(),
          [](const RawOptions& raw) { return make(table().make(raw)); },
          [](const RawOptions& raw) { return table().values(table().make(raw)); },
          names.synthesises,
          names.repeats};
}

}  // namespace

const std::vector<ResamplerEntry>& resamplers() {
  static const std::vector<ResamplerEntry> entries{
      unchanged("none", "learn from the rows as they are"),
      unchanged("class_weight", "make both classes weigh the same in the learner"),
      sampler<random_over_options, make_random_over>(
          {"random_over", "random over-sampling", "repeat rows of the rarer class", false, true}),
      sampler<random_under_options, make_random_under>(
          {"random_under", "random under-sampling", "leave out rows of the commoner class"}),
      sampler<smote_options, make_smote>(
          {"smote", "SMOTE", "add synthetic positive rows between neighbours", true}),
      sampler<smotenc_options, make_smotenc>(
          {"smotenc", "SMOTENC", "SMOTE whose categories are voted for by the neighbours", true}),
      sampler<smoten_options, make_smoten>(
          {"smoten", "SMOTEN", "SMOTE for columns of categories and few values only", true}),
      sampler<borderline_smote_options, make_borderline_smote>(
          {"borderline_smote", "Borderline-SMOTE", "SMOTE from rows near the other class only",
           true}),
      sampler<adasyn_options, make_adasyn>(
          {"adasyn", "ADASYN", "more synthetic rows where the other class is nearer", true}),
      sampler<tomek_links_options, make_tomek_links>(
          {"tomek_links", "Tomek links", "leave out rows whose nearest is of the other class"}),
      sampler<enn_options, make_enn>(
          {"enn", "edited nearest neighbours", "leave out rows their neighbours outvote"}),
      sampler<smote_enn_options, make_smote_enn>({"smote_enn",
                                                  "SMOTE and edited nearest neighbours",
                                                  "SMOTE, then enn on both classes", true}),
      sampler<smote_tomek_options, make_smote_tomek>({"smote_tomek", "SMOTE and Tomek links",
                                                      "SMOTE, then tomek_links on both classes",
                                                      true}),
  };
  return entries;
}

const ResamplerEntry& resampler_named(const std::string& name) {
  std::vector<std::string> names;
  for (const ResamplerEntry& entry : resamplers()) {
    if (entry.name == name) return entry;
    names.push_back(entry.name);
  }
  throw Error(ErrorKind::usage, "There is no balance '" + name + "'; there are " + listed(names) +
                                    "." + did_you_mean(name, names));
}

}  // namespace rarewood

#include "rarewood/cli/method_groups.hpp"

#include "rarewood/learn/learner.hpp"
#include "rarewood/resample/resampler.hpp"

namespace rarewood {

std::vector<OptionGroup> method_groups() {
  std::vector<OptionGroup> groups;
  for (const ResamplerEntry& entry : resamplers()) {
    if (entry.options.empty()) continue;
    groups.push_back(
        only_with({entry.options.front().group, entry.options}, "balance", {entry.name}));
  }
  for (const LearnerEntry& entry : learners()) {
    groups.push_back(
        only_with({entry.options.front().group, entry.options}, "learner", {entry.name}));
  }
  return groups;
}

}  // namespace rarewood

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/option/option.hpp"
#include "rarewood/pattern/parts.hpp"

namespace rarewood {

struct Resampled {
  FitPart part;
  std::uint64_t synthetic = 0;  ///< rows added
  std::uint64_t copies = 0;     ///< of these, equal to a row that was there
};

/// Changes how often rows of each class occur in what is learned from; never in what is judged.
class Resampler {
 public:
  virtual ~Resampler() = default;
  /// Refuse what cannot be done to a training part; its folds are then taken as they are.
  /// \throws Error(data)
  virtual void check(const ClassTotals&) const {}
  virtual Resampled resample(const FitPart& part, std::uint64_t seed,
                             const Control& control) const = 0;
};

/// One row of the registry: what the command line offers as --balance, with class_weight, which is
/// the learner's own affair, as the one that changes no rows.
struct ResamplerEntry {
  std::string name;
  std::string help;
  std::vector<OptionSpec> options;
  std::unique_ptr<Resampler> (*make)(const RawOptions& raw);
  std::vector<std::pair<std::string, std::string>> (*values)(const RawOptions& raw);
};

const std::vector<ResamplerEntry>& resamplers();

/// \throws Error(usage) naming the choices
const ResamplerEntry& resampler_named(const std::string& name);

}  // namespace rarewood

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/option/option.hpp"
#include "rarewood/pattern/parts.hpp"

namespace rarewood {

/// What a resampler is going to do, known before any work.
struct SamplingPlan {
  ClassTotals before;
  std::optional<ClassTotals> after;  ///< nothing where only the neighbours will tell
  std::uint64_t synthetic = 0;       ///< rows to be made
  bool about = false;                ///< `after` and `synthetic` may be off by some rows
  std::uint64_t memory = 0;          ///< bytes it takes at its peak, estimated from above
};

struct Resampled {
  FitPart part;
  std::uint64_t synthetic = 0;  ///< rows added that are not a random choice of rows that were there
  std::uint64_t copies = 0;     ///< of these, equal to a row that was there
  std::string note = {};        ///< a sentence where it could not be done as asked
};

/// Changes how often rows of each class occur in what is learned from; never in what is judged.
class Resampler {
 public:
  virtual ~Resampler() = default;
  /// Refuse what cannot be done to a training part; its folds are then taken as they are.
  /// \throws Error(data)
  virtual void check(const ClassTotals&) const {}
  /// \throws Error(data) where a class has too few rows
  virtual SamplingPlan plan(const FitPart& part) const = 0;
  virtual Resampled resample(const FitPart& part, std::uint64_t seed,
                             const Control& control) const = 0;
};

/// One row of the registry: what the command line offers as --balance, with class_weight, which is
/// the learner's own affair, as the one that changes no rows.
struct ResamplerEntry {
  std::string name;
  std::string title;  ///< "SMOTE"; "" where no rows change
  std::string help;
  std::vector<OptionSpec> options;
  std::unique_ptr<Resampler> (*make)(const RawOptions& raw);
  std::vector<std::pair<std::string, std::string>> (*values)(const RawOptions& raw);
  /// It makes rows that were not there.
  bool synthesises = false;
  /// It repeats rows that were there.
  bool repeats = false;
};

const std::vector<ResamplerEntry>& resamplers();

/// \throws Error(usage) naming the choices
const ResamplerEntry& resampler_named(const std::string& name);

}  // namespace rarewood

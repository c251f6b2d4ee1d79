#pragma once

#include <cstdint>
#include <memory>

#include "rarewood/resample/resampler.hpp"
#include "rarewood/resample/sampler_options.hpp"

namespace rarewood {

// Cleaning takes rows away that their neighbours speak against. Row for row what the textbook says
// where no distances are tied. Among tied rows, copies of a pattern above all, every row chooses
// its neighbours by itself, each tied row as likely as any other: how many of n equal rows go is
// drawn from the law this gives. Weights change nothing of it: which of a pattern's rows go, of one
// weight or another, is drawn afterwards.

/// Which classes lose rows.
struct Cleaned {
  bool negatives = true;
  bool positives = true;
};

/// Take away one side or both of each Tomek link: two rows of unlike class that are each other's
/// nearest. In a pattern of n rows, a and b by class, links are binomial with mean ab / (n - 1)^2.
/// \cost patterns of one row x patterns x features
/// \source Tomek 1976, IEEE Transactions on Systems, Man and Cybernetics 6
FitPart without_tomek_links(const FitPart& part, const Cleaned& cleaned, std::uint64_t seed,
                            const Control& control);

struct EditedOptions {
  std::uint32_t neighbors = 3;
  EditedKind kind = EditedKind::all;
};

/// Take away rows whose k neighbours are not all (`all`) or not mostly (`mode`) of their class;
/// where both classes have half of them, the negative one is the mode.
/// \cost patterns x patterns x features
/// \source Wilson 1972, IEEE Transactions on Systems, Man and Cybernetics 2
FitPart edited(const FitPart& part, const EditedOptions& options, const Cleaned& cleaned,
               std::uint64_t seed, const Control& control);

/// The commoner class is cleaned.
std::unique_ptr<Resampler> make_tomek_links(const SamplerOptions& options);
std::unique_ptr<Resampler> make_enn(const SamplerOptions& options);

/// SMOTE, then both classes are cleaned.
/// \source Batista, Prati, Monard 2004, SIGKDD Explorations 6
std::unique_ptr<Resampler> make_smote_tomek(const SamplerOptions& options);
std::unique_ptr<Resampler> make_smote_enn(const SamplerOptions& options);

}  // namespace rarewood

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "rarewood/evaluate/comparison.hpp"

namespace rarewood {

/// What a candidate of a comparison is: a learner and what it does about the imbalance.
struct CandidateName {
  std::string learner;
  std::string balance;

  /// "forest", "forest with class_weight"
  std::string text() const;

  bool operator==(const CandidateName&) const = default;
};

/// Place in the order of simplicity, from 0: by learner, then by balance. Both orders are stated in
/// the source of this function and nowhere else; reasons in docs/decision/compare.md.
std::size_t simplicity_of(const CandidateName& candidate);

/// One candidate against the best by the criterion, on the same out-of-fold rows.
struct CandidateStanding {
  CandidateName name;
  double behind = 0;  ///< how much worse than the best; 0 of the best itself
  double error = 0;   ///< standard error of `behind`, from paired rows; infinite: nothing is known
};

/// How much wider than one 95 % interval those of all pairs of candidates must be to hold together
/// in 95 % of comparisons, whichever pair turns out to look farthest apart.
/// \source Bonferroni's bound over the n (n - 1) / 2 pairs
double widening(std::size_t candidates);

/// The interval of a difference, as wide as the number of candidates asks for.
Interval widened(const Interval& interval, double difference, double factor);

struct CandidateChoice {
  enum class Reason {
    only_one,      ///< there was nothing to choose among
    best,          ///< the best figure, and none simpler is within one standard error
    simpler,       ///< the simplest of those within one standard error of the best
    nothing_shown  ///< the best is not shown to beat the dummy, so the dummy it is
  };
  std::size_t chosen = 0;
  /// The best, and all that are not shown to be worse than it; in the order given.
  std::vector<std::size_t> indistinguishable;
  Reason reason = Reason::only_one;
};

/// Choose among candidates whose figures were compared on the same rows.
///
/// The best of many figures is partly luck, so it does not simply win: of those at most one
/// standard error behind it the simplest is taken, and where none is shown to beat the dummy
/// (which answers the same for every row) there is nothing to choose but it.
/// \param standings  at least one; one of them with behind = 0
/// \source the one-standard-error rule: Breiman, Friedman, Olshen and Stone 1984, section 3.4.3;
/// here of paired differences
CandidateChoice choose_candidate(const std::vector<CandidateStanding>& standings);

/// The choice in sentences, the bad news first.
/// \param criterion  as sentences call it: "F1"
std::string choice_text(const CandidateChoice& choice,
                        const std::vector<CandidateStanding>& standings,
                        const std::string& criterion);

}  // namespace rarewood

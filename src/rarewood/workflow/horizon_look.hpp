#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/evaluate/look.hpp"
#include "rarewood/session/as_of.hpp"
#include "rarewood/session/journeys.hpp"
#include "rarewood/workflow/fitting.hpp"
#include "rarewood/workflow/horizon.hpp"

namespace rarewood {

/// Which part each session belongs to, at every point.
struct SessionParts {
  std::vector<std::uint32_t> fold;  ///< [sessions] kTestFold, or a training fold
  std::uint32_t folds = 0;
  bool has_test = false;  ///< else all sessions are judged out of fold

  bool judged(std::size_t session) const { return !has_test || fold[session] == kTestFold; }
};

/// By a hash of (seed, session id).
SessionParts part_sessions(const Journeys& journeys, const SplitOptions& split, bool has_test,
                           std::uint64_t seed);

/// One prediction point: who is at risk, and what models that did not see them say of them.
struct PointLook {
  SessionRules rules;  ///< with the point
  Population population;
  std::string reason;         ///< why it cannot be judged; "" = it is
  std::uint64_t went_on = 0;  ///< at risk and not over: with a page or an order still to come
  Look judged;                ///< units are sessions
  Look repeated;              ///< the same out of fold, once more for each of the plan's repeats
  std::vector<std::uint8_t> goes_on;  ///< [rows of judged] knows the future
  Look learned;                       ///< training rows out of fold; only if asked for
  double threshold = 0;               ///< probability; NaN where folds have their own
};

/// What is the same at all points.
struct LookPlan {
  const Journeys& journeys;
  const SessionParts& parts;
  const std::vector<SessionParts>& repeats;  ///< further cuts into folds; none beside a test part
  const HorizonRequest& request;
  const Method& method;
  DecisionPlan decision;
  bool wants_learned = false;  ///< fill PointLook::learned
};

/// Fewer judged rows of a class than this say nothing.
inline constexpr std::uint64_t kFewestOfAClass = 20;

/// All rows that figures are of: those judged, then their repeats, in folds of their own.
Look all_judged(const PointLook& look);

/// \param rules  of the point
PointLook look_at(const SessionRules& rules, const LookPlan& plan, const Control& control);

}  // namespace rarewood

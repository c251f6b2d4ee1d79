#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "rarewood/session/journeys.hpp"
#include "rarewood/session/session_options.hpp"

namespace rarewood {

/// What becomes of a session at a prediction point; the first that applies.
enum class Standing : std::uint8_t {
  kept,
  without_pages,    ///< no page view: it has no start
  never_there,      ///< it never showed that page or that URL
  already_ordered,  ///< an order at or before the point
  nothing_visible,  ///< with the ingest lag, no page is known yet
  undecided,        ///< its outcome window ends after the data
  views_cut_off     ///< the point lies after the last page view of all: what it shows is unknown
};
inline constexpr std::size_t standings = 7;

/// How many sessions stand where.
struct Population {
  std::array<std::uint64_t, standings> sessions{};  ///< by Standing
  std::uint64_t positives = 0;                      ///< of the kept
  std::uint64_t active = 0;            ///< of the kept: a page less than active_within before it
  std::uint64_t active_positives = 0;  ///< of the active

  std::uint64_t at(Standing standing) const { return sessions[static_cast<std::size_t>(standing)]; }
  bool operator==(const Population&) const = default;
};

/// (reason, sessions) of everything left out: ("already ordered at 10 min", 1012).
std::vector<std::pair<std::string, std::uint64_t>> left_out(const Population& population,
                                                            const SessionRules& rules);

/// Whether a session is called active at a point. \param last_page  visible then, or no_time
inline bool active_at(std::int64_t last_page, std::int64_t point, std::int64_t active_within) {
  return last_page != no_time && last_page > point - active_within;
}

/// The sessions at risk at the point, in ascending order of their id, with what is visible. R rows.
struct AsOfRows {
  std::vector<std::uint32_t> session;   ///< [R] index into Journeys
  std::vector<std::int64_t> start;      ///< [R] t0, the first page view
  std::vector<std::int64_t> point;      ///< [R] tau, the prediction time
  std::vector<std::int64_t> last_page;  ///< [R] last visible page view; no_time if it has none
  std::vector<std::uint32_t> depth;     ///< [R] visible page views
  std::vector<std::uint8_t> positive;   ///< [R] ordered in (tau, tau + outcome window]
  /// Sessions whose order no prediction at the point can find, their outcome windows being over:
  std::vector<std::uint32_t> ordered_before;  ///< they had ordered by then; ascending
  std::vector<std::uint32_t>
      ordered_unseen;  ///< never there, or nothing of them visible; ascending
  std::int64_t data_end = no_time;
  Population population;

  std::size_t rows() const { return session.size(); }
};

/// Apply the contract of the prediction point to every session.
///
/// Nothing after tau has an influence on which sessions are kept or on what is visible, but for the
/// two ends of the data. `end` keeps all sessions and sees everything: it leaks.
/// \throws Error(usage) if no session ever showed the URL asked for; Error(data) if none is kept.
AsOfRows rows_as_of(const Journeys& journeys, const SessionRules& rules, const Control& control);

/// The same where no row is an answer, too.
/// \throws Error(usage) if no session ever showed the URL asked for.
AsOfRows find_rows_as_of(const Journeys& journeys, const SessionRules& rules,
                         const Control& control);

/// Which sessions can be judged at some point at least: those with a page view, of which the
/// outcome window from the first one is over when the data end. [S] 1 = can
std::vector<std::uint8_t> decided_sessions(const Journeys& journeys, const SessionRules& rules);

/// "No session is left to learn from: 5,000 undecided when the data ends."
std::string no_rows_sentence(const AsOfRows& rows, const SessionRules& rules);

}  // namespace rarewood

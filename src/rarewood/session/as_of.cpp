#include "rarewood/session/as_of.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/parallel.hpp"
#include "rarewood/base/text.hpp"

namespace rarewood {
namespace {

using Kind = PredictionPoint::Kind;

constexpr std::size_t chunk = 16384;

/// What the whole journey table says once for all sessions.
struct Horizon {
  std::int64_t data_end = no_time;
  std::int64_t views_end = no_time;
  std::uint32_t url = no_code;
};

/// One session at the point.
struct Sight {
  Standing standing = Standing::kept;
  bool positive = false;
  std::int64_t start = no_time;
  std::int64_t point = no_time;
  std::int64_t last_page = no_time;
  std::uint32_t depth = 0;
};

std::uint32_t find_url(const Journeys& journeys, const std::string& url) {
  const auto found = std::lower_bound(journeys.urls.begin(), journeys.urls.end(), url);
  if (found == journeys.urls.end() || *found != url) {
    const auto near = nearest_word(url, journeys.urls);
    throw Error(ErrorKind::usage, fmt::format("No session ever showed {}. {}", url,
                                              near ? "Did you mean --as-of url:" + *near + "?"
                                                   : "Name a pageview_url of the raw table."));
  }
  return static_cast<std::uint32_t>(found - journeys.urls.begin());
}

std::int64_t end_of_data(const Journeys& journeys, const SessionRules& rules) {
  if (rules.data_end != no_time) return rules.data_end;
  return std::max({journeys.last_session, journeys.last_pageview, journeys.last_order});
}

Horizon find_horizon(const Journeys& journeys, const SessionRules& rules) {
  Horizon horizon;
  const bool given = rules.data_end != no_time;
  horizon.data_end = end_of_data(journeys, rules);
  horizon.views_end = given ? rules.data_end : journeys.last_pageview;
  if (rules.point.kind == Kind::url) horizon.url = find_url(journeys, rules.point.url);
  return horizon;
}

/// tau; nothing if the session never gets there. The session has at least one page view.
std::optional<std::int64_t> point_of(const Journeys& journeys, std::size_t s,
                                     const PredictionPoint& point, std::uint32_t url) {
  const auto times = journeys.times(s);
  if (point.kind == Kind::elapsed) return times.front() + point.seconds;
  if (point.kind == Kind::page) {
    const auto page = static_cast<std::size_t>(point.page);
    if (times.size() < page) return std::nullopt;
    return times[page - 1];
  }
  const auto urls = journeys.page_urls(s);
  const auto found = std::find(urls.begin(), urls.end(), url);
  if (found == urls.end()) return std::nullopt;
  return times[static_cast<std::size_t>(found - urls.begin())];
}

/// Everything, with hindsight.
Sight see_all(const Journeys& journeys, std::size_t s) {
  const auto times = journeys.times(s);
  Sight sight;
  sight.start = times.empty() ? journeys.started_at[s] : times.front();
  sight.last_page = times.empty() ? no_time : times.back();
  sight.point = std::max({sight.start, sight.last_page, journeys.order_time[s]});
  sight.depth = static_cast<std::uint32_t>(times.size());
  sight.positive = journeys.order_time[s] != no_time;
  if (sight.start == no_time) sight.standing = Standing::without_pages;
  return sight;
}

Sight see(const Journeys& journeys, std::size_t s, const SessionRules& rules,
          const Horizon& horizon) {
  const auto times = journeys.times(s);
  Sight sight;
  const auto stand = [&](Standing standing) {
    sight.standing = standing;
    return sight;
  };
  if (times.empty()) return stand(Standing::without_pages);
  sight.start = times.front();
  const auto point = point_of(journeys, s, rules.point, horizon.url);
  if (!point) return stand(Standing::never_there);
  sight.point = *point;
  const std::int64_t order = journeys.order_time[s];
  if (order != no_time && order <= sight.point) return stand(Standing::already_ordered);
  const std::int64_t known = sight.point - rules.ingest_lag;
  sight.depth = static_cast<std::uint32_t>(std::upper_bound(times.begin(), times.end(), known) -
                                           times.begin());
  if (sight.depth == 0) return stand(Standing::nothing_visible);
  if (sight.point + rules.outcome_window > horizon.data_end) return stand(Standing::undecided);
  if (known > horizon.views_end) return stand(Standing::views_cut_off);
  sight.last_page = times[sight.depth - 1];
  sight.positive = order != no_time && order <= sight.point + rules.outcome_window;
  return sight;
}

/// Note an order that is no row's, unless it is too late in the data to know of all like it.
void note_order(const Journeys& journeys, std::size_t s, const Sight& sight,
                std::int64_t latest_point, AsOfRows& rows) {
  if (journeys.order_time[s] == no_time) return;
  const auto session = static_cast<std::uint32_t>(s);
  if (sight.standing == Standing::already_ordered && sight.point <= latest_point) {
    rows.ordered_before.push_back(session);
  }
  const bool unseen =
      sight.standing == Standing::never_there || sight.standing == Standing::nothing_visible;
  if (unseen && journeys.order_time[s] <= latest_point) rows.ordered_unseen.push_back(session);
}

/// Rows and counts of one chunk of sessions.
AsOfRows rows_of_chunk(const Journeys& journeys, std::size_t c, const SessionRules& rules,
                       const Horizon& horizon) {
  AsOfRows rows;
  const std::size_t end = std::min((c + 1) * chunk, journeys.sessions());
  for (std::size_t s = c * chunk; s < end; ++s) {
    const Sight sight =
        rules.point.kind == Kind::end ? see_all(journeys, s) : see(journeys, s, rules, horizon);
    ++rows.population.sessions[static_cast<std::size_t>(sight.standing)];
    note_order(journeys, s, sight, horizon.data_end - rules.outcome_window, rows);
    if (sight.standing != Standing::kept) continue;
    const bool active = active_at(sight.last_page, sight.point, rules.active_within);
    rows.population.positives += sight.positive;
    rows.population.active += active;
    rows.population.active_positives += active && sight.positive;
    rows.session.push_back(static_cast<std::uint32_t>(s));
    rows.start.push_back(sight.start);
    rows.point.push_back(sight.point);
    rows.last_page.push_back(sight.last_page);
    rows.depth.push_back(sight.depth);
    rows.positive.push_back(sight.positive);
  }
  return rows;
}

template <typename T>
void append(std::vector<T>& to, const std::vector<T>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

AsOfRows joined(const std::vector<AsOfRows>& parts) {
  AsOfRows all;
  for (const AsOfRows& part : parts) {
    append(all.session, part.session);
    append(all.start, part.start);
    append(all.point, part.point);
    append(all.last_page, part.last_page);
    append(all.depth, part.depth);
    append(all.positive, part.positive);
    append(all.ordered_before, part.ordered_before);
    append(all.ordered_unseen, part.ordered_unseen);
    for (std::size_t i = 0; i < standings; ++i) {
      all.population.sessions[i] += part.population.sessions[i];
    }
    all.population.positives += part.population.positives;
    all.population.active += part.population.active;
    all.population.active_positives += part.population.active_positives;
  }
  return all;
}

}  // namespace

std::vector<std::pair<std::string, std::uint64_t>> left_out(const Population& population,
                                                            const SessionRules& rules) {
  const std::string there = point_phrase(rules.point);
  const std::array<std::string, standings> reasons{
      "",
      "without a page view",
      "never " + there,
      "already ordered " + there,
      "with nothing visible " + there,
      "undecided when the data ends",
      "unknown " + there + ", as the page views end before"};
  std::vector<std::pair<std::string, std::uint64_t>> result;
  for (std::size_t i = 1; i < standings; ++i) {
    if (population.sessions[i] > 0) result.emplace_back(reasons[i], population.sessions[i]);
  }
  return result;
}

AsOfRows find_rows_as_of(const Journeys& journeys, const SessionRules& rules,
                         const Control& control) {
  const Horizon horizon = find_horizon(journeys, rules);
  std::vector<AsOfRows> parts((journeys.sessions() + chunk - 1) / chunk);
  parallel_for(control, parts.size(),
               [&](std::size_t c) { parts[c] = rows_of_chunk(journeys, c, rules, horizon); });
  AsOfRows rows = joined(parts);
  rows.data_end = horizon.data_end;
  return rows;
}

std::vector<std::uint8_t> decided_sessions(const Journeys& journeys, const SessionRules& rules) {
  const std::int64_t latest_start = end_of_data(journeys, rules) - rules.outcome_window;
  std::vector<std::uint8_t> decided;
  for (std::size_t s = 0; s < journeys.sessions(); ++s) {
    const auto times = journeys.times(s);
    decided.push_back(!times.empty() && times.front() <= latest_start ? 1 : 0);
  }
  return decided;
}

std::string no_rows_sentence(const AsOfRows& rows, const SessionRules& rules) {
  std::string reasons;
  for (const auto& [reason, sessions] : left_out(rows.population, rules)) {
    reasons += fmt::format("{}{} {}", reasons.empty() ? "" : ", ", thousands(sessions), reason);
  }
  return fmt::format("No session is left to learn from: {}.", reasons);
}

AsOfRows rows_as_of(const Journeys& journeys, const SessionRules& rules, const Control& control) {
  AsOfRows rows = find_rows_as_of(journeys, rules, control);
  if (rows.rows() > 0) return rows;
  throw Error(ErrorKind::data, no_rows_sentence(rows, rules) +
                                   " Choose another --as-of, a shorter --outcome-window or more "
                                   "data.");
}

}  // namespace rarewood

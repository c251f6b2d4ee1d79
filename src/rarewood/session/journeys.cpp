#include "rarewood/session/journeys.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "rarewood/base/error.hpp"
#include "rarewood/base/parallel.hpp"
#include "rarewood/session/id_index.hpp"

namespace rarewood {
namespace {

constexpr std::uint32_t no_row = UINT32_MAX;

template <typename T>
T at_or(const std::vector<T>& values, std::size_t row, T fallback) {
  return values.empty() ? fallback : values[row];
}

/// Rows to use, by their id: of rows with one id the smallest by `less`, so that the choice does
/// not depend on their order. Rows without id count as different.
/// \return [rows] 1 = use; `repeated` counts the others.
template <typename Less>
std::vector<std::uint8_t> first_of_each_id(const std::vector<std::int64_t>& id, Less less,
                                           std::uint64_t& repeated) {
  std::vector<std::uint8_t> use(id.size(), 1);
  if (strictly_ascending(id)) return use;
  const IdIndex index(id);
  std::vector<std::uint32_t> best(index.size(), no_row);
  for (std::uint32_t row = 0; row < id.size(); ++row) {
    if (id[row] == no_id) continue;
    std::uint32_t& kept = best[index.find(id[row])];
    if (kept == no_row) {
      kept = row;
      continue;
    }
    const bool better = less(row, kept);
    use[better ? kept : row] = 0;
    if (better) kept = row;
    ++repeated;
  }
  return use;
}

/// Fill what comes from website_sessions.
void take_sessions(const RawSessions& raw, const IdIndex& index, Journeys& journeys) {
  const auto row_key = [&](std::uint32_t row) {
    const double repeat = at_or(raw.repeat, row, -1.0);
    return std::tuple(raw.time[row], at_or(raw.user, row, no_id), std::isnan(repeat) ? -1 : repeat,
                      raw.source[row], raw.device[row]);
  };
  const std::vector<std::uint8_t> use = first_of_each_id(
      raw.id, [&](auto a, auto b) { return row_key(a) < row_key(b); },
      journeys.dirt.duplicate_sessions);
  const std::size_t sessions = index.size();
  journeys.session = index.ids();
  journeys.user.resize(sessions);
  journeys.started_at.resize(sessions);
  journeys.stated_repeat.resize(sessions);
  journeys.source.resize(sessions);
  journeys.device.resize(sessions);
  for (std::uint32_t row = 0; row < raw.id.size(); ++row) {
    if (raw.id[row] == no_id) ++journeys.dirt.sessions_without_id;
    if (raw.id[row] == no_id || !use[row]) continue;
    const std::uint32_t s = index.find(raw.id[row]);
    const double repeat = at_or(raw.repeat, row, std::numeric_limits<double>::quiet_NaN());
    journeys.user[s] = at_or(raw.user, row, no_id);
    journeys.started_at[s] = raw.time[row];
    journeys.stated_repeat[s] = std::isnan(repeat) ? std::int8_t{-1} : std::int8_t{repeat >= 0.5};
    journeys.source[s] = raw.source[row];
    journeys.device[s] = raw.device[row];
    if (raw.time[row] == no_time) ++journeys.dirt.sessions_without_time;
    journeys.last_session = std::max(journeys.last_session, raw.time[row]);
  }
  journeys.sources = raw.sources;
  journeys.devices = raw.devices;
}

/// The session of each usable page view, IdIndex::none for the others.
std::vector<std::uint32_t> sessions_of_views(const RawPageviews& raw, const IdIndex& index,
                                             Journeys& journeys) {
  const auto row_key = [&](std::uint32_t row) {
    return std::tuple(raw.time[row], raw.session[row], raw.url[row]);
  };
  const std::vector<std::uint8_t> use = first_of_each_id(
      raw.id, [&](auto a, auto b) { return row_key(a) < row_key(b); },
      journeys.dirt.duplicate_pageviews);
  std::vector<std::uint32_t> session(raw.time.size(), IdIndex::none);
  for (std::size_t row = 0; row < session.size(); ++row) {
    if (!use.empty() && !use[row]) continue;
    if (raw.time[row] == no_time || raw.session[row] == no_id) {
      ++journeys.dirt.unusable_pageviews;
      continue;
    }
    session[row] = index.find(raw.session[row]);
    if (session[row] == IdIndex::none) {
      ++journeys.dirt.orphan_pageviews;
    } else {
      journeys.last_pageview = std::max(journeys.last_pageview, raw.time[row]);
    }
  }
  return session;
}

/// Row numbers of page views, session by session: a counting sort.
std::vector<std::uint32_t> gather_views(const std::vector<std::uint32_t>& session,
                                        Journeys& journeys) {
  std::vector<std::uint32_t>& first = journeys.first_page;
  first.assign(journeys.sessions() + 1, 0);
  for (const std::uint32_t s : session) {
    if (s != IdIndex::none) ++first[s + 1];
  }
  for (std::size_t s = 0; s < journeys.sessions(); ++s) first[s + 1] += first[s];
  std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
  std::vector<std::uint32_t> rows(first.back());
  for (std::uint32_t row = 0; row < session.size(); ++row) {
    if (session[row] != IdIndex::none) rows[next[session[row]]++] = row;
  }
  return rows;
}

/// What was odd about the views of some sessions; summed over chunks of sessions.
struct ViewOddities {
  std::uint64_t late = 0;
  std::uint64_t before_session = 0;
  std::uint64_t without_pages = 0;
};

/// Views with a higher id than a view after them: they arrived late.
std::uint64_t count_late(const RawPageviews& raw, std::span<const std::uint32_t> rows) {
  if (raw.id.empty()) return 0;
  std::uint64_t late = 0;
  std::int64_t smallest_after = INT64_MAX;
  for (std::size_t i = rows.size(); i-- > 0;) {
    const std::int64_t id = raw.id[rows[i]];
    if (id == no_id) continue;
    if (id > smallest_after) ++late;
    smallest_after = std::min(smallest_after, id);
  }
  return late;
}

ViewOddities order_views(const RawPageviews& raw, std::size_t begin, std::size_t end,
                         std::vector<std::uint32_t>& rows, Journeys& journeys) {
  const auto earlier = [&](std::uint32_t a, std::uint32_t b) {
    if (raw.time[a] != raw.time[b]) return raw.time[a] < raw.time[b];
    return std::tuple(at_or(raw.id, a, no_id), raw.url[a]) <
           std::tuple(at_or(raw.id, b, no_id), raw.url[b]);
  };
  ViewOddities odd;
  for (std::size_t s = begin; s < end; ++s) {
    const std::span views(rows.data() + journeys.first_page[s],
                          rows.data() + journeys.first_page[s + 1]);
    if (views.empty()) ++odd.without_pages;
    if (!std::is_sorted(views.begin(), views.end(), earlier)) {
      std::sort(views.begin(), views.end(), earlier);
    }
    odd.late += count_late(raw, views);
    for (std::size_t i = 0; i < views.size(); ++i) {
      const std::size_t at = journeys.first_page[s] + i;
      journeys.page_time[at] = raw.time[views[i]];
      journeys.page_url[at] = raw.url[views[i]];
      if (raw.time[views[i]] < journeys.started_at[s]) ++odd.before_session;
    }
  }
  return odd;
}

void take_pageviews(const RawPageviews& raw, const IdIndex& index, Journeys& journeys,
                    const Control& control) {
  std::vector<std::uint32_t> rows = gather_views(sessions_of_views(raw, index, journeys), journeys);
  journeys.page_time.resize(rows.size());
  journeys.page_url.resize(rows.size());
  journeys.urls = raw.urls;
  constexpr std::size_t chunk = 16384;
  std::vector<ViewOddities> odd((journeys.sessions() + chunk - 1) / chunk);
  parallel_for(control, odd.size(), [&](std::size_t c) {
    const std::size_t end = std::min((c + 1) * chunk, journeys.sessions());
    odd[c] = order_views(raw, c * chunk, end, rows, journeys);
  });
  for (const ViewOddities& part : odd) {
    journeys.dirt.late_pageviews += part.late;
    journeys.dirt.pageviews_before_session += part.before_session;
    journeys.dirt.sessions_without_pages += part.without_pages;
  }
}

void take_orders(const RawOrders& raw, const IdIndex& index, Journeys& journeys) {
  constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
  const auto row_key = [&](std::uint32_t row) {
    const double revenue = at_or(raw.revenue, row, unknown);
    return std::tuple(raw.time[row], at_or(raw.id, row, no_id), raw.session[row],
                      std::isnan(revenue) ? -1e300 : revenue);
  };
  const auto less = [&](std::uint32_t a, std::uint32_t b) { return row_key(a) < row_key(b); };
  const std::vector<std::uint8_t> use =
      first_of_each_id(raw.id, less, journeys.dirt.duplicate_orders);
  std::vector<std::uint32_t> first(journeys.sessions(), no_row);
  for (std::uint32_t row = 0; row < raw.time.size(); ++row) {
    if (!use.empty() && !use[row]) continue;
    if (raw.time[row] == no_time || raw.session[row] == no_id) {
      ++journeys.dirt.unusable_orders;
      continue;
    }
    const std::uint32_t s = index.find(raw.session[row]);
    if (s == IdIndex::none) {
      ++journeys.dirt.orphan_orders;
      continue;
    }
    journeys.last_order = std::max(journeys.last_order, raw.time[row]);
    if (first[s] != no_row) ++journeys.dirt.further_orders;
    if (first[s] == no_row || less(row, first[s])) first[s] = row;
  }
  journeys.order_time.assign(journeys.sessions(), no_time);
  journeys.revenue.assign(journeys.sessions(), unknown);
  for (std::size_t s = 0; s < first.size(); ++s) {
    if (first[s] == no_row) continue;
    journeys.order_time[s] = raw.time[first[s]];
    journeys.revenue[s] = at_or(raw.revenue, first[s], unknown);
  }
}

/// When a session began, for the history of its user: its own row's time, or its first view.
std::int64_t begin_of(const Journeys& journeys, std::size_t s) {
  if (journeys.started_at[s] != no_time) return journeys.started_at[s];
  const auto times = journeys.times(s);
  return times.empty() ? INT64_MAX : times.front();
}

/// The two earliest sessions of each user tell every session its first other one.
void link_users(Journeys& journeys) {
  struct Earliest {
    std::int64_t first = INT64_MAX;
    std::int64_t second = INT64_MAX;
    std::size_t session = 0;
  };
  const IdIndex users(journeys.user);
  std::vector<Earliest> earliest(users.size());
  for (std::size_t s = 0; s < journeys.sessions(); ++s) {
    if (journeys.user[s] == no_id) continue;
    Earliest& user = earliest[users.find(journeys.user[s])];
    const std::int64_t begin = begin_of(journeys, s);
    if (begin < user.first) {
      user = {begin, user.first, s};
    } else if (begin < user.second) {
      user.second = begin;
    }
  }
  journeys.other_start.assign(journeys.sessions(), INT64_MAX);
  for (std::size_t s = 0; s < journeys.sessions(); ++s) {
    if (journeys.user[s] == no_id) continue;
    const Earliest& user = earliest[users.find(journeys.user[s])];
    journeys.other_start[s] = user.session == s ? user.second : user.first;
  }
}

/// What the table says of returning users against what it holds.
void count_repeat_slips(Journeys& journeys) {
  for (std::size_t s = 0; s < journeys.sessions(); ++s) {
    if (journeys.user[s] == no_id || journeys.stated_repeat[s] < 0) continue;
    const bool earlier = journeys.other_start[s] < begin_of(journeys, s);
    if (journeys.stated_repeat[s] == 1 && !earlier) ++journeys.dirt.unfounded_repeats;
    if (journeys.stated_repeat[s] == 0 && earlier) ++journeys.dirt.overlooked_repeats;
  }
}

}  // namespace

Journeys join_journeys(const RawEvents& events, const Control& control) {
  const IdIndex index(events.sessions.id);
  if (index.size() == 0) {
    throw Error(ErrorKind::data,
                "The table website_sessions has no row with a website_session_id. Give the raw "
                "tables of a shop with sessions.");
  }
  Journeys journeys;
  journeys.simulated = events.simulated;
  take_sessions(events.sessions, index, journeys);
  parallel_for(control, 2, [&](std::size_t part) {
    if (part == 0) take_pageviews(events.pageviews, index, journeys, control);
    if (part == 1) take_orders(events.orders, index, journeys);
  });
  link_users(journeys);
  count_repeat_slips(journeys);
  return journeys;
}

Journeys read_journeys(const RawTables& tables, const std::string& zone, const Control& control) {
  return join_journeys(read_raw_events(tables, zone, control), control);
}

}  // namespace rarewood

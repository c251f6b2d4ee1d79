#include "rarewood/session/feature_columns.hpp"

#include <algorithm>
#include <utility>

#include <arrow/api.h>

#include "rarewood/base/parallel.hpp"
#include "rarewood/session/column_maker.hpp"

namespace rarewood {
namespace {

/// value(row) for every row, where `missing` becomes null.
template <typename Value>
ArrayPtr integers_or_null(std::size_t rows, std::int64_t missing, Value value) {
  arrow::Int64Builder builder;
  check_built(builder.Reserve(static_cast<std::int64_t>(rows)));
  for (std::size_t i = 0; i < rows; ++i) {
    const std::int64_t found = value(i);
    if (found == missing) {
      builder.UnsafeAppendNull();
    } else {
      builder.UnsafeAppend(found);
    }
  }
  return finish(builder);
}

ArrayPtr text_column(std::size_t rows, const TextFeature& feature) {
  arrow::StringBuilder builder;
  for (std::size_t i = 0; i < rows; ++i) {
    const std::uint32_t code = feature.code(i);
    check_built(code == no_code ? builder.AppendNull() : builder.Append(feature.texts[code]));
  }
  return finish(builder);
}

ArrayPtr level_column(std::size_t rows, const TextFeature& feature, const std::string& level) {
  const auto found = std::lower_bound(feature.texts.begin(), feature.texts.end(), level);
  const bool seen = found != feature.texts.end() && *found == level;
  const auto wanted = seen ? static_cast<std::uint32_t>(found - feature.texts.begin()) : no_code;
  return column_of<arrow::BooleanBuilder>(
      rows, [&](std::size_t i) { return seen && feature.code(i) == wanted; });
}

/// 0, 1 or no_id: only sessions that began before this one's start count.
std::int64_t repeat_of(const ColumnSources& from, std::size_t i) {
  const Journeys& journeys = from.journeys;
  const std::uint32_t s = from.rows.session[i];
  const bool known_user = journeys.user[s] != no_id;
  const bool stated = journeys.stated_repeat[s] >= 0;
  if (stated && (from.at_end() || !known_user)) return journeys.stated_repeat[s];
  if (!known_user) return no_id;
  return journeys.other_start[s] < from.rows.start[i] ? 1 : 0;
}

void plan_texts(const ColumnSources& from, std::vector<ColumnMaker>& plans) {
  const std::size_t rows = from.rows.rows();
  for (const TextFeature& feature : text_features(from)) {
    if (from.rules.encoding == Encoding::native) {
      plans.push_back({feature.name, [feature, rows] { return text_column(rows, feature); }});
      continue;
    }
    for (const std::string& level : feature.levels) {
      plans.push_back({feature.name + "_" + level,
                       [feature, level, rows] { return level_column(rows, feature, level); }});
    }
  }
}

void plan_session(const ColumnSources& from, std::vector<ColumnMaker>& plans) {
  const std::size_t n = from.rows.rows();
  plans.push_back({"is_repeat_session", [&from, n] {
                     return integers_or_null(n, no_id,
                                             [&](std::size_t i) { return repeat_of(from, i); });
                   }});
  plans.push_back({"hour_of_day", [&from, n] {
                     return column_of<arrow::Int64Builder>(
                         n, [&](std::size_t i) { return from.hour[i]; });
                   }});
  plans.push_back({"is_weekend", [&from, n] {
                     return column_of<arrow::BooleanBuilder>(
                         n, [&](std::size_t i) { return from.weekend[i] != 0; });
                   }});
  plans.push_back({"engagement_depth", [&from, n] {
                     return column_of<arrow::Int64Builder>(
                         n, [&](std::size_t i) { return from.rows.depth[i]; });
                   }});
}

void plan_targets(const ColumnSources& from, std::vector<ColumnMaker>& plans) {
  const std::size_t n = from.rows.rows();
  plans.push_back({"is_ordered", [&from, n] {
                     return column_of<arrow::Int64Builder>(
                         n, [&](std::size_t i) { return from.rows.positive[i]; });
                   }});
  plans.push_back({"revenue", [&from, n] {
                     return column_of<arrow::DoubleBuilder>(n, [&](std::size_t i) {
                       const double revenue = from.journeys.revenue[from.rows.session[i]];
                       return from.rows.positive[i] ? revenue : 0;
                     });
                   }});
}

ColumnMaker minutes_column(const AsOfRows& rows) {
  return {"minutes_since_last_page", [&rows] {
            return integers_or_null(rows.rows(), no_time, [&](std::size_t i) {
              if (rows.last_page[i] == no_time) return no_time;
              return (rows.point[i] - rows.last_page[i]) / 60;
            });
          }};
}

ColumnMaker id_column(std::string name, const std::vector<std::int64_t>& ids,
                      const AsOfRows& rows) {
  return {std::move(name), [&] {
            return integers_or_null(rows.rows(), no_id,
                                    [&](std::size_t i) { return ids[rows.session[i]]; });
          }};
}

ArrayPtr moments(std::size_t rows, const std::function<std::int64_t(std::size_t)>& seconds) {
  constexpr std::int64_t micro = 1'000'000;
  const ArrayPtr plain = integers_or_null(rows, no_time, [&](std::size_t i) {
    const std::int64_t at = seconds(i);
    return at == no_time ? no_time : at * micro;
  });
  auto data = plain->data()->Copy();
  data->type = arrow::timestamp(arrow::TimeUnit::MICRO, "UTC");
  return arrow::MakeArray(data);
}

ColumnMaker moment_column(std::string name, std::size_t rows,
                          std::function<std::int64_t(std::size_t)> seconds) {
  return {std::move(name), [rows, seconds = std::move(seconds)] { return moments(rows, seconds); }};
}

}  // namespace

ColumnSources column_sources(const Journeys& journeys, const SessionRules& rules,
                             const AsOfRows& rows, const Control& control) {
  constexpr std::size_t chunk = 65536;
  const std::size_t n = rows.rows();
  ColumnSources from{journeys, rules, rows, std::vector<std::int8_t>(n),
                     std::vector<std::uint8_t>(n)};
  const ZoneClock zone(rules.timezone);
  parallel_for(control, (n + chunk - 1) / chunk, [&](std::size_t c) {
    ZoneClock clock = zone;
    for (std::size_t i = c * chunk; i < std::min((c + 1) * chunk, n); ++i) {
      const std::int64_t wall = clock.to_wall(rows.start[i]);
      const std::int64_t day = (wall >= 0 ? wall : wall - 86399) / 86400;
      const std::int64_t weekday = ((day + 3) % 7 + 7) % 7;  // 0 = Monday: day 0 was a Thursday
      from.hour[i] = static_cast<std::int8_t>((wall - day * 86400) / 3600);
      from.weekend[i] = weekday >= 5;
    }
  });
  return from;
}

std::vector<TextFeature> text_features(const ColumnSources& from) {
  const Journeys& journeys = from.journeys;
  const AsOfRows& rows = from.rows;
  return {{"utm_source",
           journeys.sources,
           [&](std::size_t i) { return journeys.source[rows.session[i]]; },
           "bsearch",
           {"gsearch", "socialbook"}},
          {"device_type",
           journeys.devices,
           [&](std::size_t i) { return journeys.device[rows.session[i]]; },
           "desktop",
           {"mobile"}},
          {"landing_page",
           journeys.urls,
           [&](std::size_t i) {
             const auto urls = journeys.page_urls(rows.session[i]);
             return urls.empty() ? no_code : urls.front();
           },
           "/home",
           {"/lander-1", "/lander-2", "/lander-3", "/lander-4", "/lander-5"}}};
}

std::shared_ptr<arrow::Table> feature_table(const ColumnSources& from, const Control& control) {
  std::vector<ColumnMaker> plans;
  plan_session(from, plans);
  plan_texts(from, plans);
  if (from.rules.minutes_since_last_page) plans.push_back(minutes_column(from.rows));
  plan_targets(from, plans);
  return table_of(plans, from.rows.rows(), control);
}

std::shared_ptr<arrow::Table> keys_table(const ColumnSources& from, const Control& control) {
  const Journeys& journeys = from.journeys;
  const AsOfRows& rows = from.rows;
  const std::size_t n = rows.rows();
  return table_of(
      {id_column("website_session_id", journeys.session, rows),
       id_column("user_id", journeys.user, rows),
       moment_column("session_started_at", n, [&](std::size_t i) { return rows.start[i]; }),
       moment_column("prediction_time", n, [&](std::size_t i) { return rows.point[i]; }),
       moment_column("order_time", n,
                     [&](std::size_t i) { return journeys.order_time[rows.session[i]]; }),
       moment_column("last_page_time", n, [&](std::size_t i) { return rows.last_page[i]; })},
      n, control);
}

}  // namespace rarewood

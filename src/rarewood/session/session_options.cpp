#include "rarewood/session/session_options.hpp"

#include <fmt/format.h>

#include "rarewood/base/error.hpp"
#include "rarewood/session/event_columns.hpp"

namespace rarewood {
namespace {

std::int64_t read_data_end(const SessionOptions& options) {
  if (options.data_end.empty()) return no_time;
  const auto stamp = parse_stamp(options.data_end);
  if (!stamp) {
    throw Error(ErrorKind::usage,
                fmt::format("--data-end '{}' is no time. Write it like 2012-04-05T18:30:00.",
                            options.data_end));
  }
  return ZoneClock(options.timezone).to_utc(*stamp);
}

}  // namespace

OptionTable<SessionOptions> session_options() {
  using O = SessionOptions;
  OptionTable<O> table("features");
  table
      .add(&O::as_of, "as_of",
           "Prediction point: a time into the session (10min, 90s, 2h), page:4, url:/cart or end")
      .add(&O::outcome_window, "outcome_window",
           "An order this long after the prediction point still counts as a yes")
      .add(&O::ingest_lag, "ingest_lag",
           "How late events reach the model: what is younger is unseen")
      .add(&O::active_within, "active_within",
           "A session is called active if it showed a page within this time before the point")
      .add(&O::timezone, "timezone",
           "IANA zone of stamps that name none, and of hour_of_day and is_weekend")
      .add(&O::data_end, "data_end",
           "Take nothing later as known, and sessions decided later as undecided (default: the "
           "latest event)")
      .choice(&O::encoding, "encoding", "How texts become columns",
              {{"onehot", Encoding::onehot}, {"native", Encoding::native}})
      .add(&O::minutes_since_last_page, "minutes_since_last_page",
           "Add that feature: whole minutes from the last visible page to the point");
  return table;
}

SessionRules check_session_options(const SessionOptions& options) {
  SessionRules rules;
  rules.point = parse_prediction_point(options.as_of);
  rules.outcome_window = parse_duration("--outcome-window", options.outcome_window);
  rules.ingest_lag = parse_duration("--ingest-lag", options.ingest_lag);
  rules.active_within = parse_duration("--active-within", options.active_within);
  rules.timezone = options.timezone;
  rules.data_end = read_data_end(options);
  rules.encoding = options.encoding;
  rules.minutes_since_last_page = options.minutes_since_last_page;
  if (rules.outcome_window == 0) {
    throw Error(ErrorKind::usage,
                "--outcome-window 0 leaves no time to order in. Write a duration such as 24h.");
  }
  if (rules.point.kind == PredictionPoint::Kind::end && rules.ingest_lag > 0) {
    throw Error(ErrorKind::usage,
                "--as-of end sees everything, so --ingest-lag has no meaning there. Drop one.");
  }
  return rules;
}

}  // namespace rarewood

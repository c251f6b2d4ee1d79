#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rarewood {

/// The moment in a session at which a prediction is made; only what is known then is a feature.
struct PredictionPoint {
  enum class Kind {
    elapsed,  ///< `seconds` after the session's first page view
    page,     ///< the time of the `page`-th page view
    url,      ///< the first view of `url`
    end       ///< after everything: the leaking table, for comparison only
  };
  Kind kind = Kind::elapsed;
  std::int64_t seconds = 600;
  std::int64_t page = 0;
  std::string url;

  bool operator==(const PredictionPoint&) const = default;
};

/// "10min", "90s", "2h", "page:4", "url:/cart" or "end".
/// \param option  its name, for the refusal
/// \throws Error(usage) with the four forms.
PredictionPoint parse_prediction_point(const std::string& text,
                                       const std::string& option = "--as-of");

/// The same; nothing for a text that is no prediction point.
std::optional<PredictionPoint> find_prediction_point(const std::string& text);

/// One spelling for each point, which parses back: "600s" and "10m" are "10min".
std::string point_text(const PredictionPoint& point);

/// For sentences: "at 10 min", "at page 4", "at /cart", "at the end".
std::string point_phrase(const PredictionPoint& point);

/// "90s", "10min", "24h", "2d" as seconds, >= 0. \param option  its name, for the refusal.
/// \throws Error(usage).
std::int64_t parse_duration(const std::string& option, const std::string& text);

/// In the largest unit that leaves a whole number: 86400 is "1d", 5400 is "90min".
std::string duration_text(std::int64_t seconds);

}  // namespace rarewood

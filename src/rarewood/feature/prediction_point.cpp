#include "rarewood/feature/prediction_point.hpp"

#include <array>
#include <optional>

#include <fmt/format.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"

namespace rarewood {
namespace {

struct Unit {
  const char* word;
  std::int64_t seconds;
};

/// Largest first; where two words mean the same, the first is the one that is written.
constexpr std::array<Unit, 5> units{{{"d", 86400}, {"h", 3600}, {"min", 60}, {"m", 60}, {"s", 1}}};

constexpr std::int64_t longest =
    std::int64_t{3660} * 86400;  // ten years; sums stay far from overflow

std::optional<std::int64_t> seconds_of(std::string_view text) {
  const std::size_t letters = text.find_first_not_of("0123456789");
  if (letters == 0 || letters == std::string_view::npos) return std::nullopt;
  const auto number = parse_int64(text.substr(0, letters));
  std::string_view word = text.substr(letters);
  if (word.front() == ' ') word.remove_prefix(1);
  for (const Unit& unit : units) {
    if (number && word == unit.word && *number <= longest / unit.seconds) {
      return *number * unit.seconds;
    }
  }
  return std::nullopt;
}

const Unit& largest_unit(std::int64_t seconds) {
  for (const Unit& unit : units) {
    if (seconds != 0 && seconds % unit.seconds == 0) return unit;
  }
  return units.back();
}

[[noreturn]] void refuse_point(const std::string& option, const std::string& text) {
  throw Error(ErrorKind::usage,
              fmt::format("{} '{}' is no prediction point. Write a time into the session "
                          "(10min, 90s, 2h), page:4, url:/cart or end.",
                          option, text) +
                  did_you_mean(text, {"page:", "url:", "end"}));
}

}  // namespace

std::optional<PredictionPoint> find_prediction_point(const std::string& text) {
  using Kind = PredictionPoint::Kind;
  if (text == "end") return PredictionPoint{Kind::end, 0, 0, ""};
  if (text.starts_with("page:")) {
    const auto page = parse_int64(std::string_view(text).substr(5));
    if (!page || *page < 1 || *page > 1'000'000) return std::nullopt;
    return PredictionPoint{Kind::page, 0, *page, ""};
  }
  if (text.starts_with("url:")) {
    if (text.size() == 4) return std::nullopt;
    return PredictionPoint{Kind::url, 0, 0, text.substr(4)};
  }
  const auto seconds = seconds_of(text);
  if (!seconds) return std::nullopt;
  return PredictionPoint{Kind::elapsed, *seconds, 0, ""};
}

PredictionPoint parse_prediction_point(const std::string& text, const std::string& option) {
  const auto point = find_prediction_point(text);
  if (!point) refuse_point(option, text);
  return *point;
}

std::string point_text(const PredictionPoint& point) {
  switch (point.kind) {
    case PredictionPoint::Kind::elapsed: return duration_text(point.seconds);
    case PredictionPoint::Kind::page: return fmt::format("page:{}", point.page);
    case PredictionPoint::Kind::url: return "url:" + point.url;
    case PredictionPoint::Kind::end: break;
  }
  return "end";
}

std::string point_phrase(const PredictionPoint& point) {
  switch (point.kind) {
    case PredictionPoint::Kind::elapsed: {
      const Unit& unit = largest_unit(point.seconds);
      return fmt::format("at {} {}", point.seconds / unit.seconds, unit.word);
    }
    case PredictionPoint::Kind::page: return fmt::format("at page {}", point.page);
    case PredictionPoint::Kind::url: return "at " + point.url;
    case PredictionPoint::Kind::end: break;
  }
  return "at the end";
}

std::int64_t parse_duration(const std::string& option, const std::string& text) {
  const auto seconds = seconds_of(text);
  if (!seconds) {
    throw Error(ErrorKind::usage,
                fmt::format("{} '{}' is no duration. Write 90s, 10min, 24h or 2d.", option, text));
  }
  return *seconds;
}

std::string duration_text(std::int64_t seconds) {
  const Unit& unit = largest_unit(seconds);
  return fmt::format("{}{}", seconds / unit.seconds, unit.word);
}

}  // namespace rarewood

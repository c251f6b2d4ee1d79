#include "rarewood/feature/availability.hpp"

#include "rarewood/feature/prediction_point.hpp"

namespace rarewood {
namespace {

Availability by_order(std::int64_t known_from, std::int64_t point) {
  return known_from <= point ? Availability::before : Availability::after;
}

}  // namespace

Availability availability(const std::string& word, const std::string& point) {
  using Kind = PredictionPoint::Kind;
  if (word == "before") return Availability::before;
  if (word == "after") return Availability::after;
  const auto moment = find_prediction_point(word);
  const auto predicted = find_prediction_point(point);
  if (!moment || !predicted) return Availability::unknown;
  if (*moment == *predicted || predicted->kind == Kind::end) return Availability::before;
  if (moment->kind == Kind::end) return Availability::after;
  if (moment->kind != predicted->kind) return Availability::unknown;
  if (moment->kind == Kind::elapsed) return by_order(moment->seconds, predicted->seconds);
  if (moment->kind == Kind::page) return by_order(moment->page, predicted->page);
  return Availability::unknown;
}

Availability availability(const Pairs& declared, const std::string& column,
                          const std::string& point) {
  const auto word = declared.find(column);
  return word == declared.end() ? Availability::unknown : availability(word->second, point);
}

void check_available_at(const Pairs& declared) {
  for (const auto& [column, word] : declared) {
    if (word == "before" || word == "after" || find_prediction_point(word)) continue;
    throw Error(ErrorKind::usage, "--available-at says '" + word + "' of the column '" + column +
                                      "'. Write before, after, or a moment such as 10min or "
                                      "page:4.");
  }
}

}  // namespace rarewood

#include "rarewood/evaluate/alert_once.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "rarewood/base/error.hpp"

namespace rarewood {
namespace {

/// What is known of a unit over all looks.
struct UnitStory {
  bool seen = false;
  bool orders = false;
  bool orders_after_first = false;
  float best = -1;  ///< highest probability
};

std::size_t units_of(const std::vector<const Look*>& looks) {
  std::uint32_t highest = 0;
  for (const Look* look : looks) {
    for (const auto* units : {&look->unit, &look->placed, &look->unseen}) {
      for (const std::uint32_t unit : *units) highest = std::max(highest, unit + 1);
    }
  }
  return highest;
}

float probability_at(const Look& look, std::size_t row) {
  return static_cast<float>(look.probability[look.entry[row]]);
}

std::vector<UnitStory> stories_of(const std::vector<const Look*>& looks) {
  std::vector<UnitStory> stories(units_of(looks));
  for (const Look* look : looks) {
    for (const std::uint32_t unit : look->placed) stories[unit].orders = true;
    for (const std::uint32_t unit : look->unseen) stories[unit].orders = true;
    for (std::size_t row = 0; row < look->rows(); ++row) {
      UnitStory& story = stories[look->unit[row]];
      if (look->positive[row] != 0) story.orders = true;
      if (!story.seen) story.orders_after_first = look->positive[row] != 0;
      story.seen = true;
      story.best = std::max(story.best, probability_at(*look, row));
    }
  }
  return stories;
}

double f1_of(double caught, double alerts, double orders) {
  return alerts + orders > 0 ? 2 * caught / (alerts + orders) : 0;
}

/// Half way, but never the lower one itself: between neighbours that is the upper one.
float between(float lower, float upper) {
  const float half = lower + (upper - lower) / 2;
  return half > lower ? half : upper;
}

}  // namespace

float alert_threshold(const std::vector<const Look*>& looks, const UnitCounts& among) {
  const std::vector<UnitStory> stories = stories_of(looks);
  std::vector<std::pair<float, bool>> highest;  // and whether an order lies ahead of it
  double orders = 0;
  for (std::size_t unit = 0; unit < stories.size(); ++unit) {
    if (among[unit] == 0) continue;
    orders += stories[unit].orders;
    if (stories[unit].seen) highest.emplace_back(stories[unit].best, stories[unit].orders);
  }
  if (orders == 0) {
    throw Error(ErrorKind::data,
                "No session orders after a look, so no alert can be chosen. Use more rows.");
  }
  std::ranges::sort(highest, std::greater<>());
  double best = -1;
  float threshold = 1;
  double caught = 0;
  for (std::size_t i = 0; i < highest.size(); ++i) {
    caught += highest[i].second;
    const bool tied = i + 1 < highest.size() && highest[i + 1].first == highest[i].first;
    const double f1 = f1_of(caught, static_cast<double>(i + 1), orders);
    if (tied || f1 <= best) continue;
    best = f1;
    const float lowest = highest[i].first;
    threshold = i + 1 < highest.size() ? between(highest[i + 1].first, lowest) : lowest;
  }
  return threshold;
}

AlertJudge::AlertJudge(const std::vector<const Look*>& looks, const UnitThresholds& thresholds)
    : by_look_(looks.size()) {
  std::vector<std::uint8_t> alerted(units_of(looks));
  for (std::size_t l = 0; l < looks.size(); ++l) {
    const Look& look = *looks[l];
    for (std::size_t row = 0; row < look.rows(); ++row) {
      const std::uint32_t unit = look.unit[row];
      if (alerted[unit] != 0 || probability_at(look, row) < thresholds[unit]) continue;
      alerted[unit] = 1;
      ++by_look_[l];
      alerted_.push_back(unit);
      if (look.positive[row] != 0) caught_.push_back({unit, look.lead[row]});
    }
  }
  const std::vector<UnitStory> stories = stories_of(looks);
  for (std::uint32_t unit = 0; unit < stories.size(); ++unit) {
    if (stories[unit].seen) seen_.push_back(unit);
    if (stories[unit].orders) orders_.push_back(unit);
    if (stories[unit].orders_after_first) at_first_look_.push_back(unit);
  }
  std::ranges::sort(caught_, [](const Lead& a, const Lead& b) {
    return a.seconds != b.seconds ? a.seconds < b.seconds : a.unit < b.unit;
  });
}

AlertFigures AlertJudge::figures(const UnitCounts& counts) const {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  double caught = 0;
  for (const Lead& lead : caught_) caught += counts[lead.unit];
  const auto seen = static_cast<double>(counted(seen_, counts));
  const auto alerts = static_cast<double>(counted(alerted_, counts));
  const auto orders = static_cast<double>(counted(orders_, counts));
  AlertFigures figures;
  figures.alerts = seen > 0 ? alerts / seen : kNone;
  figures.precision = alerts > 0 ? caught / alerts : 0;
  figures.recall = orders > 0 ? caught / orders : kNone;
  figures.f1_score = f1_of(caught, alerts, orders);
  figures.f1_flag_all = f1_of(static_cast<double>(counted(at_first_look_, counts)), seen, orders);
  figures.median_lead = median_minutes(caught_, counts);
  return figures;
}

}  // namespace rarewood

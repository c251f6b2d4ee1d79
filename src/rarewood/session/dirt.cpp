#include "rarewood/session/dirt.hpp"

#include "rarewood/base/text.hpp"

namespace rarewood {
namespace {

struct DirtLine {
  std::uint64_t DirtCounts::* count;
  const char* words;
};

constexpr DirtLine lines[] = {
    {&DirtCounts::sessions_without_id, "sessions without id, left out"},
    {&DirtCounts::sessions_without_time, "sessions without time, begun at their first page view"},
    {&DirtCounts::duplicate_sessions, "rows of a session seen before, left out"},
    {&DirtCounts::sessions_without_pages, "sessions without page views"},
    {&DirtCounts::unusable_pageviews, "page views without time or session, left out"},
    {&DirtCounts::duplicate_pageviews, "page views with an id seen before, left out"},
    {&DirtCounts::orphan_pageviews, "page views of unknown sessions, left out"},
    {&DirtCounts::late_pageviews, "page views that arrived late, put in order of time"},
    {&DirtCounts::pageviews_before_session, "page views dated before their session's row, kept"},
    {&DirtCounts::unusable_orders, "orders without time or session, left out"},
    {&DirtCounts::duplicate_orders, "orders with an id seen before, left out"},
    {&DirtCounts::orphan_orders, "orders of unknown sessions, left out"},
    {&DirtCounts::further_orders, "further orders of a session, the first counts"},
    {&DirtCounts::unfounded_repeats,
     "sessions marked as repeat whose user has no earlier session here, taken as new"},
    {&DirtCounts::overlooked_repeats,
     "sessions marked as new whose user has an earlier session here, taken as repeat"},
};

}  // namespace

std::vector<std::string> dirt_lines(const DirtCounts& dirt) {
  std::vector<std::string> result;
  for (const DirtLine& line : lines) {
    const std::uint64_t count = dirt.*line.count;
    if (count > 0) result.push_back(thousands(count) + " " + line.words);
  }
  return result;
}

}  // namespace rarewood

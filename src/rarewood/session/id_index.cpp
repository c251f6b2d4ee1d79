#include "rarewood/session/id_index.hpp"

#include <algorithm>

#include "rarewood/session/event_columns.hpp"

namespace rarewood {

IdIndex::IdIndex(std::span<const std::int64_t> ids) {
  std::int64_t highest = no_id;
  std::int64_t lowest = INT64_MAX;
  for (const std::int64_t id : ids) {
    if (id == no_id) continue;
    highest = std::max(highest, id);
    lowest = std::min(lowest, id);
  }
  if (highest == no_id) return;
  lowest_ = lowest;
  const std::uint64_t range =
      static_cast<std::uint64_t>(highest) - static_cast<std::uint64_t>(lowest) + 1;
  if (range != 0 && range <= 8 * ids.size() + 1024) {
    places_.assign(range, none);
    for (const std::int64_t id : ids) {
      if (id != no_id) places_[static_cast<std::size_t>(id - lowest)] = 0;
    }
    for (std::size_t i = 0; i < range; ++i) {
      if (places_[i] == none) continue;
      places_[i] = static_cast<std::uint32_t>(ids_.size());
      ids_.push_back(lowest + static_cast<std::int64_t>(i));
    }
    return;
  }
  for (const std::int64_t id : ids) {
    if (id != no_id) ids_.push_back(id);
  }
  std::sort(ids_.begin(), ids_.end());
  ids_.erase(std::unique(ids_.begin(), ids_.end()), ids_.end());
}

std::uint32_t IdIndex::find(std::int64_t id) const {
  if (places_.empty()) {
    const auto found = std::lower_bound(ids_.begin(), ids_.end(), id);
    if (found == ids_.end() || *found != id) return none;
    return static_cast<std::uint32_t>(found - ids_.begin());
  }
  if (id < lowest_) return none;
  const std::uint64_t place = static_cast<std::uint64_t>(id) - static_cast<std::uint64_t>(lowest_);
  return place < places_.size() ? places_[place] : none;
}

bool strictly_ascending(std::span<const std::int64_t> ids) {
  for (std::size_t i = 1; i < ids.size(); ++i) {
    if (ids[i] <= ids[i - 1]) return false;
  }
  return ids.empty() || ids.front() != no_id;
}

}  // namespace rarewood

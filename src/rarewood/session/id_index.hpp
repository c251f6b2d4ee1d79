#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace rarewood {

/// Distinct ids in ascending order, and the place of each.
///
/// Why: ids of shop tables are nearly dense, so a table of places beats hashing and sorting; where
/// they are not, sorted ids and a binary search take its place.
class IdIndex {
 public:
  static constexpr std::uint32_t none = UINT32_MAX;

  /// \param ids  any order, repeats allowed; no_id is left out.
  explicit IdIndex(std::span<const std::int64_t> ids);

  std::uint32_t find(std::int64_t id) const;  ///< none if it is not there
  const std::vector<std::int64_t>& ids() const { return ids_; }
  std::size_t size() const { return ids_.size(); }

 private:
  std::vector<std::int64_t> ids_;
  std::int64_t lowest_ = 0;
  std::vector<std::uint32_t> places_;  ///< by id - lowest_; empty if the ids are sparse
};

/// True if each id is larger than the one before: no repeats, nothing to sort.
bool strictly_ascending(std::span<const std::int64_t> ids);

}  // namespace rarewood

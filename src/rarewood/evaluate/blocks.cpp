#include "rarewood/evaluate/blocks.hpp"

#include <algorithm>

#include "rarewood/base/text.hpp"
#include "rarewood/evaluate/influence.hpp"

namespace rarewood {

Blocks blocks_of(const std::vector<std::uint64_t>& keys) {
  constexpr std::uint64_t kMostBlocks = 1024;
  std::vector<std::uint64_t> distinct = keys;
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  Blocks blocks{{}, distinct.size()};
  blocks.of.reserve(keys.size());
  // Keys are hashes: their order is no order of the groups, and the last bits of many deal them out
  // as evenly as places in that order do.
  const bool many = distinct.size() > 16 * kMostBlocks;
  for (const std::uint64_t key : keys) {
    const auto place = [&] {
      return static_cast<std::uint64_t>(std::lower_bound(distinct.begin(), distinct.end(), key) -
                                        distinct.begin());
    };
    blocks.of.push_back(static_cast<std::uint32_t>((many ? key : place()) % kMostBlocks));
  }
  return blocks;
}

std::string few_groups_warning(std::uint64_t groups, const std::string& column) {
  constexpr std::uint64_t kFewGroups = 30;
  if (groups >= kFewGroups) return "";
  if (groups < kFewestBlocks) {
    return "Only " + thousands(groups) + (groups == 1 ? " group of " : " groups of ") + column +
           ": fewer than " + thousands(kFewestBlocks) +
           " do not show how groups differ, so no figure has an interval and nothing counts as "
           "shown. Use rows of more groups.";
  }
  return "Only " + thousands(groups) + " groups of " + column +
         ": intervals by whole groups are uncertain themselves. Use rows of more groups.";
}

}  // namespace rarewood

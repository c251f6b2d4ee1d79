#include "rarewood/explain/one_hot.hpp"

#include <algorithm>

namespace rarewood {
namespace {

/// What both begin with, up to and with a "_".
std::string common_prefix(const std::string& a, const std::string& b) {
  const auto end = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first;
  const std::string common(a.begin(), end);
  return common.substr(0, common.rfind('_') + 1);  // npos + 1 = 0: nothing
}

bool excludes(const Patterns& patterns, std::size_t a, std::size_t b) {
  const auto x = patterns.column(a);
  const auto y = patterns.column(b);
  for (std::size_t p = 0; p < patterns.count; ++p) {
    if (x[p] == 1 && y[p] == 1) return false;
  }
  return true;
}

bool excludes_all(const Patterns& patterns, const std::vector<std::size_t>& members,
                  std::size_t next) {
  return std::all_of(members.begin(), members.end(),
                     [&](std::size_t member) { return excludes(patterns, member, next); });
}

}  // namespace

std::vector<OneHotGroup> one_hot_groups(const Patterns& patterns, const FeatureSchema& schema) {
  std::vector<OneHotGroup> groups;
  const std::vector<Feature>& features = schema.features;
  for (std::size_t first = 0; first < features.size();) {
    std::string prefix;
    std::vector<std::size_t> members{first};
    for (std::size_t next = first + 1; next < features.size(); ++next) {
      if (features[first].kind != FeatureKind::boolean ||
          features[next].kind != FeatureKind::boolean) {
        break;
      }
      const std::string common = common_prefix(features[first].name, features[next].name);
      if (common.empty() || (members.size() > 1 && common.size() < prefix.size())) break;
      if (!excludes_all(patterns, members, next)) break;
      if (members.size() == 1) prefix = common;
      members.push_back(next);
    }
    first = members.back() + 1;
    if (members.size() < 2) continue;
    OneHotGroup group{prefix.substr(0, prefix.size() - 1), members, {}};
    for (const std::size_t member : members) {
      group.levels.push_back(features[member].name.substr(prefix.size()));
    }
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace rarewood

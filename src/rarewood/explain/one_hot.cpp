#include "rarewood/explain/one_hot.hpp"

#include <algorithm>
#include <cstdint>

namespace rarewood {
namespace {

/// What both begin with, up to and with a "_".
std::string common_prefix(const std::string& a, const std::string& b) {
  const auto end = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first;
  const std::string common(a.begin(), end);
  return common.substr(0, common.rfind('_') + 1);  // npos + 1 = 0: nothing
}

/// Rows that have one of the members found so far.
class Taken {
 public:
  explicit Taken(const Patterns& patterns) : patterns_(patterns), taken_(patterns.count) {}

  void start(std::size_t first) {
    std::fill(taken_.begin(), taken_.end(), std::uint8_t{0});
    add(first);
  }

  void add(std::size_t member) {
    const auto column = patterns_.column(member);
    for (std::size_t p = 0; p < column.size(); ++p) {
      if (column[p] == 1) taken_[p] = 1;
    }
  }

  bool excludes(std::size_t next) const {
    const auto column = patterns_.column(next);
    for (std::size_t p = 0; p < column.size(); ++p) {
      if (column[p] == 1 && taken_[p] != 0) return false;
    }
    return true;
  }

 private:
  const Patterns& patterns_;
  std::vector<std::uint8_t> taken_;  ///< [patterns]
};

}  // namespace

std::vector<OneHotGroup> one_hot_groups(const Patterns& patterns, const FeatureSchema& schema) {
  std::vector<OneHotGroup> groups;
  Taken taken(patterns);
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
      if (members.size() == 1) taken.start(first);
      if (!taken.excludes(next)) break;
      if (members.size() == 1) prefix = common;
      taken.add(next);
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

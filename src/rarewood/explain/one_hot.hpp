#pragma once

#include <string>
#include <vector>

#include "rarewood/feature/schema.hpp"
#include "rarewood/pattern/cells.hpp"

namespace rarewood {

/// Booleans of which a row has at most one: a category after one-hot encoding, most often without
/// its first level.
struct OneHotGroup {
  std::string name;                  ///< their common prefix, without the "_"
  std::vector<std::size_t> members;  ///< features
  std::vector<std::string> levels;   ///< [members] what their names say after the prefix
};

/// Neighbouring booleans whose names share a prefix up to a "_", as pandas.get_dummies writes them,
/// and of which no row has two.
/// \return groups of two members and more
/// \cost O(patterns x features)
std::vector<OneHotGroup> one_hot_groups(const Patterns& patterns, const FeatureSchema& schema);

}  // namespace rarewood

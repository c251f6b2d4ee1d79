#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "rarewood/learn/forest/bootstrap.hpp"
#include "rarewood/learn/forest/forest.hpp"
#include "rarewood/learn/forest/grow_tree.hpp"

namespace rarewood {

/// \param text  sqrt, log2, all, a count, or a share below 1
/// \return 1 .. features
/// \throws Error(usage)
std::uint32_t count_of_features(const std::string& text, std::size_t features);

/// \param text  none, a count, or a share in (0, 1], which has a decimal point
/// \throws Error(usage)
std::uint64_t rows_to_draw(const std::string& text, std::uint64_t rows);

/// \param texts  "name:1", "name:-1" or "name:0"
/// \throws Error(usage)
std::vector<std::pair<std::string, std::int8_t>> directions_by_name(
    const std::vector<std::string>& texts);

/// What the options mean for one part.
struct ForestRules {
  std::size_t trees = 0;
  TreeRules tree;
  BagLaw bag;
  bool weigh_by_bag = false;  ///< class weights are balanced on each tree's draw
};

/// \throws Error(data) on a part that cannot be learned from, Error(usage)
ForestRules forest_rules(const ForestOptions& options, const FitPart& part,
                         const FitRequest& request);

/// What a tree's bag is drawn with; drawn again, it is the same.
inline Random bag_stream(const FitRequest& request, std::size_t tree) {
  return {request.seed, "bootstrap", tree};
}

}  // namespace rarewood

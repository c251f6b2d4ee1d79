#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "rarewood/base/poisson.hpp"
#include "rarewood/base/random.hpp"

namespace rarewood {

/// Draws how often each of a list of groups of equal rows occurs: Poisson numbers whose means are
/// the groups' rows.
class CountDraws {
 public:
  /// \param rows  [groups]
  /// \throws Error(data) for more than 2,147,483,647 rows in a group
  explicit CountDraws(const std::vector<std::uint64_t>& rows);

  /// \param counts  [groups], overwritten
  /// \return their sum
  std::uint64_t draw(Random& random, std::vector<std::uint64_t>& counts) const;

 private:
  std::map<std::uint64_t, PoissonTable> tables_;  ///< by mean; groups share few of them
  std::vector<const PoissonTable*> of_group_;     ///< null where a group has no row
};

}  // namespace rarewood

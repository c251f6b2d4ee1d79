#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "rarewood/pattern/scores.hpp"

namespace rarewood {

/// Scores made up by a test, of the kinds that only models can make otherwise.
struct ScoresForTest {
  static OofScores out_of_fold(ScoreList list, ScoreScale scale = ScoreScale::probability) {
    std::vector<std::uint32_t> folds;
    for (std::size_t i = 0; i < list.size(); ++i)
      folds.push_back(static_cast<std::uint32_t>(i % 5));
    return {std::move(list), std::move(folds), scale};
  }
  static TestScores test(ScoreList list) { return TestScores(std::move(list)); }
};

}  // namespace rarewood

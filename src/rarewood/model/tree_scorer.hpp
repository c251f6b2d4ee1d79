#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/model/ensemble.hpp"

namespace rarewood {

/// An ensemble laid out for scoring many rows: make it once, score often, from any thread.
class TreeScorer {
 public:
  explicit TreeScorer(const Ensemble& ensemble);

  /// Raw scores, [rows], of column-major values; the same bytes as reference_score.
  /// Equal rows are scored once.
  /// \param values  [features] pointers to [rows] floats each
  std::vector<float> raw_scores(const std::vector<const float*>& values, std::size_t rows,
                                const Control& control) const;

 private:
  struct Step;
  struct Block;

  std::vector<float> score_rows(const std::vector<const float*>& values, std::size_t rows,
                                const Control& control) const;
  void score_block(const Block& block, float* scores) const;
  template <bool kHasSets>
  void walk(std::size_t tree, const Block& block, float* scores) const;
  template <bool kHasSets>
  bool goes_left(const Step& step, float value) const;
  std::uint32_t pack_tree(const Ensemble& ensemble, std::uint32_t root);
  Step pack_node(const Ensemble& ensemble, const Node& node);

  /// What a row needs at a node, 12 bytes. The left child is the next step; a leaf is its own right
  /// child and reads a value that never goes left, so that a walk may run on over it.
  struct Step {
    float value = 0;           ///< threshold, leaf value, or the bits of an index into words_
    std::uint32_t right = 0;   ///< index into steps_
    std::uint32_t choice = 0;  ///< feature + 1 (0 = leaf) * 4 + is_set * 2 + missing_left
  };

  std::vector<Step> steps_;           ///< trees one after the other, each in pre-order
  std::vector<std::uint32_t> words_;  ///< category sets: number of words, then the words of bits
  std::vector<std::uint32_t> roots_;
  std::vector<std::uint32_t> depths_;  ///< edges from the root to the deepest leaf
  float divisor_ = 1;
};

}  // namespace rarewood

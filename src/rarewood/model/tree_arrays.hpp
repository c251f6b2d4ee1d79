#pragma once

#include <cstdint>
#include <vector>

#include "rarewood/model/ensemble.hpp"

namespace rarewood {

/// An ensemble as the arrays of the ONNX operator TreeEnsemble: splits and leaves apart.
///
/// Two things are our own use of the operator, both harmless to whoever only scores:
///   - leaf_weights holds the covers of all leaves first, which no split refers to, and then their
///     values. The operator has no other place for them, and TreeSHAP needs them.
///   - a tree of one leaf is a split that sends every row, missing or not, to the left of two equal
///     leaves; the cover of the right one is 0. (The form with one leaf as both children, which the
///     operator's text suggests, is scored wrongly by onnxruntime 1.26 and before.)
struct TreeArrays {
  static constexpr std::uint8_t kLessOrEqual = 0;
  static constexpr std::uint8_t kMember = 6;

  std::vector<std::uint32_t> roots;  ///< per tree: its first split
  // Per split:
  std::vector<std::uint32_t> features;
  std::vector<std::uint32_t> left_ids;  ///< of a split, or of a leaf where left_is_leaf
  std::vector<std::uint32_t> left_is_leaf;
  std::vector<std::uint32_t> right_ids;
  std::vector<std::uint32_t> right_is_leaf;
  std::vector<std::uint32_t> missing_left;
  std::vector<std::uint8_t> modes;
  std::vector<float> thresholds;  ///< 0 where the mode is kMember
  std::vector<float> covers;
  /// Codes of each kMember split in turn, each list ended by NaN; -1 stands for an empty list.
  std::vector<float> members;
  std::vector<float> leaf_weights;  ///< covers, then values
};

TreeArrays to_arrays(const Ensemble& ensemble);

}  // namespace rarewood

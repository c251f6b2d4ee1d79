#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include "rarewood/base/random.hpp"

namespace rarewood {

/// Draws features without replacement, node after node; no node's draw depends on those before it.
class FeaturePicker {
 public:
  explicit FeaturePicker(std::size_t features) : order_(features) {
    std::iota(order_.begin(), order_.end(), 0U);
  }

  bool any_left() const { return picks_.size() < order_.size(); }
  std::size_t picked() const { return picks_.size(); }

  std::uint32_t pick(KeyedDraws& random) {
    const std::size_t at = picks_.size();
    picks_.push_back(at + random.below(order_.size() - at));
    std::swap(order_[at], order_[picks_.back()]);
    return order_[at];
  }

  /// Undo the picks of a node.
  void put_back() {
    for (std::size_t i = picks_.size(); i > 0; --i) std::swap(order_[i - 1], order_[picks_[i - 1]]);
    picks_.clear();
  }

 private:
  std::vector<std::uint32_t> order_;
  std::vector<std::size_t> picks_;
};

}  // namespace rarewood

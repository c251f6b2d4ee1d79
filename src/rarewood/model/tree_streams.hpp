#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <string_view>

#include "rarewood/model/damage.hpp"
#include "rarewood/model/wire.hpp"

namespace rarewood {

/// The attributes of a TreeEnsemble operator by name, each with its payload.
using TreePayloads = std::map<std::string_view, std::string_view>;

/// Packed whole numbers, one after the other. \throws ModelDamage past the end or beyond 32 bits
class NumberStream {
 public:
  explicit NumberStream(std::string_view packed) : reader_(packed) {}

  std::uint32_t next() {
    std::uint64_t value = 0;
    if (!reader_.next_packed(value) || value > 0xFFFFFFFF) throw ModelDamage{};
    return static_cast<std::uint32_t>(value);
  }
  bool next_flag() {
    const std::uint32_t value = next();
    if (value > 1) throw ModelDamage{};
    return value == 1;
  }
  bool at_end() const { return reader_.left() == 0; }

 private:
  WireReader reader_;
};

/// The values of a tensor, one after the other, or by place. \throws ModelDamage past the end
template <typename Value>
class TensorStream {
 public:
  /// \param tensor  the message; empty = a tensor without values
  explicit TensorStream(std::string_view tensor) : bytes_(raw_data(tensor)) {
    if (bytes_.size() % sizeof(Value) != 0) throw ModelDamage{};
  }

  Value next() { return at(next_++); }
  Value at(std::size_t place) const {
    if (place >= size()) throw ModelDamage{};
    Value value;
    std::memcpy(&value, bytes_.data() + place * sizeof(Value), sizeof(Value));
    return value;
  }
  std::size_t size() const { return bytes_.size() / sizeof(Value); }
  bool at_end() const { return next_ == size(); }

 private:
  static std::string_view raw_data(std::string_view tensor);

  std::string_view bytes_;
  std::size_t next_ = 0;
};

/// A split as the operator holds it: where its children are is told by their places.
struct StoredSplit {
  std::uint32_t feature = 0;
  std::uint32_t left = 0;  ///< of a split, or of a leaf where left_is_leaf
  std::uint32_t right = 0;
  bool left_is_leaf = false;
  bool right_is_leaf = false;
  bool missing_left = false;
  std::uint8_t mode = 0;
  float threshold = 0;
  float cover = 0;
};

/// The operator's attributes as streams that run side by side, as splits, leaves and members are
/// stored in the order in which trees are walked. Nothing is copied: a model is read in one pass.
class TreeStreams {
 public:
  explicit TreeStreams(TreePayloads& of);

  StoredSplit next_split();
  std::size_t splits() const { return thresholds_.size(); }
  std::size_t leaves() const { return leaf_weights_.size() / 2; }
  float leaf_cover(std::size_t leaf) const { return leaf_weights_.at(leaf); }
  float leaf_value(std::size_t leaf) const { return leaf_weights_.at(leaves() + leaf); }
  float next_member() { return members_.next(); }
  /// The next root; false at the end.
  bool next_root(std::uint32_t& root);
  bool at_end() const;

 private:
  NumberStream roots_;
  NumberStream features_;
  NumberStream left_;
  NumberStream left_is_leaf_;
  NumberStream right_;
  NumberStream right_is_leaf_;
  NumberStream missing_left_;
  TensorStream<std::uint8_t> modes_;
  TensorStream<float> thresholds_;
  TensorStream<float> covers_;
  TensorStream<float> members_;
  TensorStream<float> leaf_weights_;  ///< covers, then values
};

}  // namespace rarewood

#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <new>
#include <vector>

namespace rarewood {

inline constexpr std::size_t kCacheLine = 64;

/// Starts its memory at a line of the cache.
template <typename Value>
struct LineAllocator {
  using value_type = Value;  // NOLINT(readability-identifier-naming): the standard's name
  Value* allocate(std::size_t count) {
    return static_cast<Value*>(::operator new(count * sizeof(Value), std::align_val_t{kCacheLine}));
  }
  void deallocate(Value* values, std::size_t /*count*/) {
    ::operator delete(values, std::align_val_t{kCacheLine});
  }
  bool operator==(const LineAllocator&) const = default;
};

/// Codes of patterns, those of one pattern together and, where they fit, in one line of the cache:
/// near the leaves a tree reads patterns in no order at all, and every line is a miss.
template <typename Code>
class CodeRows {
 public:
  CodeRows() = default;
  CodeRows(std::size_t patterns, std::size_t columns)
      : stride_(stride_of(columns)), codes_(patterns * stride_) {}

  const Code* row(std::uint32_t pattern) const { return codes_.data() + pattern * stride_; }
  Code& at(std::uint32_t pattern, std::size_t column) { return codes_[pattern * stride_ + column]; }
  bool empty() const { return codes_.empty(); }

  static std::size_t bytes(std::size_t patterns, std::size_t columns) {
    return patterns * stride_of(columns) * sizeof(Code);
  }

 private:
  static std::size_t stride_of(std::size_t columns) {
    constexpr std::size_t kInLine = kCacheLine / sizeof(Code);
    if (columns <= kInLine) return columns == 0 ? 0 : std::bit_ceil(columns);
    return (columns + kInLine - 1) / kInLine * kInLine;
  }

  std::size_t stride_ = 0;
  std::vector<Code, LineAllocator<Code>> codes_;
};

}  // namespace rarewood

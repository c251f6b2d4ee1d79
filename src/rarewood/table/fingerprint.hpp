#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <arrow/type_fwd.h>

#include "rarewood/base/control.hpp"

namespace rarewood {

/// A checksum of bytes in 128 bits: equal bytes give equal text on every machine, and two tables
/// that differ by accident differ in it. No protection against somebody who wants a collision.
///
/// The bytes may come in pieces of any size. About 8 GB/s.
class Fingerprint {
 public:
  void add(std::span<const std::byte> bytes);
  void add(std::string_view text);  ///< with its length, so that "ab","c" is not "a","bc"
  void add(std::uint64_t number);

  /// 32 hex digits; more may be added afterwards.
  std::string text() const;

 private:
  void take_block(const std::byte* block);

  std::array<std::uint64_t, 4> lanes_{0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9,
                                      0x27D4EB2F165667C5};
  std::array<std::byte, 32> rest_{};
  std::uint64_t length_ = 0;
};

/// Of a table's names, types and values; how it is cut into chunks does not matter, nor whether
/// text is held as codes, nor the unit of time stamps. \throws Error(data) for nested columns.
std::string table_fingerprint(const arrow::Table& table, const Control& control);

/// The same of a table that is never whole in memory, from those of its columns in its order.
std::string table_fingerprint(std::uint64_t rows, std::span<const std::string> columns);
std::string column_fingerprint(const std::string& name,
                               const std::shared_ptr<arrow::ChunkedArray>& values);

}  // namespace rarewood

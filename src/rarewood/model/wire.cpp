#include "rarewood/model/wire.hpp"

#include <algorithm>
#include <bit>
#include <iterator>
#include <utility>

#include "rarewood/model/damage.hpp"

namespace rarewood {

static_assert(std::endian::native == std::endian::little,
              "Arrays are copied into model files as they lie in memory, which must be "
              "little-endian.");

namespace {

constexpr std::size_t kLarge = 4096;  // bytes; below it copying is cheaper than a block of its own

constexpr std::uint64_t key_of(std::uint32_t field, WireField::Type type) {
  return std::uint64_t{field} << 3 | static_cast<std::uint64_t>(type);
}

}  // namespace

void WireWriter::varint(std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) bytes_.push_back(static_cast<char>(value | 0x80));
  bytes_.push_back(static_cast<char>(value));
}

void WireWriter::number(std::uint32_t field, std::uint64_t value) {
  varint(key_of(field, WireField::Type::number));
  varint(value);
}

void WireWriter::real(std::uint32_t field, float value) {
  varint(key_of(field, WireField::Type::fixed32));
  bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void WireWriter::text(std::uint32_t field, std::string_view bytes) {
  varint(key_of(field, WireField::Type::bytes));
  varint(bytes.size());
  bytes_.append(bytes);
}

void WireWriter::message(std::uint32_t field, WireWriter inner) {
  varint(key_of(field, WireField::Type::bytes));
  varint(inner.size());
  append(std::move(inner));
}

void WireWriter::append(WireWriter more) {
  if (more.size() < kLarge) return more.append_to(bytes_);
  blocks_.push_back(std::move(bytes_));
  std::move(more.blocks_.begin(), more.blocks_.end(), std::back_inserter(blocks_));
  bytes_ = std::move(more.bytes_);
}

void WireWriter::numbers(std::uint32_t field, std::span<const std::uint32_t> values) {
  WireWriter packed;
  packed.bytes_.reserve(values.size());
  for (const std::uint32_t value : values) packed.varint(value);
  message(field, std::move(packed));
}

std::size_t WireWriter::size() const {
  std::size_t size = bytes_.size();
  for (const std::string& block : blocks_) size += block.size();
  return size;
}

void WireWriter::append_to(std::string& bytes) const {
  for (const std::string& block : blocks_) bytes += block;
  bytes += bytes_;
}

std::string WireWriter::bytes() const {
  std::string bytes;
  bytes.reserve(size());
  append_to(bytes);
  return bytes;
}

bool WireReader::next(WireField& field) {
  if (rest_.empty()) return false;
  const std::uint64_t key = varint();
  if (key >> 3 == 0 || key >> 3 > 0x1FFFFFFF) throw ModelDamage{};
  field = {static_cast<std::uint32_t>(key >> 3), static_cast<WireField::Type>(key & 7), 0, {}};
  switch (field.type) {
    case WireField::Type::number: field.value = varint(); return true;
    case WireField::Type::fixed64: field.value = fixed(8); return true;
    case WireField::Type::bytes: field.bytes = take(varint()); return true;
    case WireField::Type::fixed32: field.value = fixed(4); return true;
  }
  throw ModelDamage{};
}

std::uint64_t WireReader::varint() {
  std::uint64_t value = 0;
  std::size_t at = 0;
  for (unsigned shift = 0; shift < 64 && at < rest_.size(); shift += 7) {
    const auto byte = static_cast<unsigned char>(rest_[at++]);
    value |= std::uint64_t{byte & 0x7FU} << shift;
    if (byte < 0x80) {
      rest_.remove_prefix(at);
      return value;
    }
  }
  throw ModelDamage{};
}

std::uint64_t WireReader::fixed(std::size_t size) {
  const std::string_view bytes = take(size);
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < size; ++i) {
    value |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << 8 * i;
  }
  return value;
}

std::string_view WireReader::take(std::uint64_t size) {
  if (size > rest_.size()) throw ModelDamage{};
  const std::string_view taken = rest_.substr(0, static_cast<std::size_t>(size));
  rest_.remove_prefix(static_cast<std::size_t>(size));
  return taken;
}

}  // namespace rarewood

#include "rarewood/table/fingerprint.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace rarewood {
namespace {

constexpr std::uint64_t kOdd1 = 0x9E3779B185EBCA87;
constexpr std::uint64_t kOdd2 = 0xC2B2AE3D27D4EB4F;
constexpr std::uint64_t kOdd3 = 0x165667B19E3779F9;

std::uint64_t word_at(const std::byte* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
  return word;
}

// Multiply, rotate, multiply: each lane is a bijection of its state for a given word and of the
// word for a given state, so no difference is lost before the lanes are mixed.
std::uint64_t stirred(std::uint64_t lane, std::uint64_t word) {
  return std::rotl(lane + word * kOdd2, 31) * kOdd1;
}

std::uint64_t scattered(std::uint64_t value) {
  value = (value ^ (value >> 33)) * kOdd2;
  value = (value ^ (value >> 29)) * kOdd3;
  return value ^ (value >> 32);
}

std::string hex(std::uint64_t value) {
  std::string digits(16, '0');
  for (std::size_t i = 0; i < 16; ++i) {
    digits[i] = "0123456789abcdef"[(value >> (60 - 4 * i)) & 15];
  }
  return digits;
}

}  // namespace

void Fingerprint::take_block(const std::byte* block) {
  for (std::size_t lane = 0; lane < 4; ++lane) {
    lanes_[lane] = stirred(lanes_[lane], word_at(block + 8 * lane));
  }
}

void Fingerprint::add(std::span<const std::byte> bytes) {
  const std::size_t waiting = length_ % rest_.size();
  length_ += bytes.size();
  if (waiting > 0) {
    const std::size_t taken = std::min(bytes.size(), rest_.size() - waiting);
    std::copy_n(bytes.begin(), taken, rest_.begin() + static_cast<std::ptrdiff_t>(waiting));
    bytes = bytes.subspan(taken);
    if (waiting + taken < rest_.size()) return;
    take_block(rest_.data());
  }
  while (bytes.size() >= rest_.size()) {
    take_block(bytes.data());
    bytes = bytes.subspan(rest_.size());
  }
  std::copy(bytes.begin(), bytes.end(), rest_.begin());
}

void Fingerprint::add(std::string_view text) {
  add(static_cast<std::uint64_t>(text.size()));
  add(std::as_bytes(std::span(text.data(), text.size())));
}

void Fingerprint::add(std::uint64_t number) {
  std::array<std::byte, 8> bytes{};
  for (std::size_t i = 0; i < 8; ++i) bytes[i] = static_cast<std::byte>(number >> (8 * i));
  add(std::span<const std::byte>(bytes));
}

std::string Fingerprint::text() const {
  auto lanes = lanes_;
  std::array<std::byte, 32> last{};
  std::copy_n(rest_.begin(), length_ % rest_.size(), last.begin());
  for (std::size_t lane = 0; lane < 4; ++lane) {
    lanes[lane] = stirred(lanes[lane], word_at(last.data() + 8 * lane));
  }
  std::uint64_t high = scattered(length_ + kOdd1);
  std::uint64_t low = scattered(length_ + kOdd3);
  for (std::size_t lane = 0; lane < 4; ++lane) {
    high = scattered(high ^ lanes[lane]) * kOdd1;
    low = scattered(low + std::rotl(lanes[lane], 23)) * kOdd3;
  }
  return hex(scattered(high)) + hex(scattered(low));
}

}  // namespace rarewood

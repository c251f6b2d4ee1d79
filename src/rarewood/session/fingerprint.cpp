#include "rarewood/session/fingerprint.hpp"

#include <array>
#include <bit>
#include <cstring>
#include <string_view>
#include <vector>

#include <arrow/api.h>
#include <fmt/format.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/parallel.hpp"

namespace rarewood {
namespace {

/// Two lanes of multiply and rotate over 64-bit words; the word's place counts.
class Digest {
 public:
  void add(std::uint64_t word) {
    a_ = std::rotl(a_ ^ (word * 0x9E3779B97F4A7C15ULL), 29) * 0xBF58476D1CE4E5B9ULL;
    b_ = std::rotl(b_ + (word ^ 0xC2B2AE3D27D4EB4FULL), 41) * 0x94D049BB133111EBULL;
  }

  void add(std::string_view text) {
    add(text.size());
    for (std::size_t i = 0; i < text.size(); i += 8) {
      std::array<unsigned char, 8> bytes{};
      std::memcpy(bytes.data(), text.data() + i, std::min<std::size_t>(8, text.size() - i));
      std::uint64_t word = 0;
      for (std::size_t k = 0; k < 8; ++k) word |= std::uint64_t{bytes[k]} << (8 * k);
      add(word);
    }
  }

  std::array<std::uint64_t, 2> finish() const { return {finished(a_), finished(b_ ^ a_)}; }

 private:
  static std::uint64_t finished(std::uint64_t x) {
    x = (x ^ (x >> 31)) * 0x7FB5D329728EA185ULL;
    return x ^ (x >> 29);
  }

  std::uint64_t a_ = 0x243F6A8885A308D3ULL;
  std::uint64_t b_ = 0x13198A2E03707344ULL;
};

template <typename ArrayType>
void add_values(const arrow::Array& array, Digest& digest) {
  constexpr std::uint64_t missing = 0xA5A5A5A55A5A5A5AULL;
  const auto& typed = static_cast<const ArrayType&>(array);
  for (std::int64_t i = 0; i < typed.length(); ++i) {
    if (typed.IsNull(i)) {
      digest.add(missing);
      digest.add(std::uint64_t{0});
      continue;
    }
    const auto value = typed.GetView(i);
    using V = std::decay_t<decltype(value)>;
    if constexpr (std::is_same_v<V, std::string_view>) {
      digest.add(value);
    } else if constexpr (std::is_floating_point_v<V>) {
      digest.add(std::bit_cast<std::uint64_t>(static_cast<double>(value)));
    } else {
      digest.add(static_cast<std::uint64_t>(value));
    }
  }
}

void add_array(const arrow::Array& array, Digest& digest) {
  switch (array.type_id()) {
    case arrow::Type::BOOL: return add_values<arrow::BooleanArray>(array, digest);
    case arrow::Type::INT32: return add_values<arrow::Int32Array>(array, digest);
    case arrow::Type::INT64: return add_values<arrow::Int64Array>(array, digest);
    case arrow::Type::FLOAT: return add_values<arrow::FloatArray>(array, digest);
    case arrow::Type::DOUBLE: return add_values<arrow::DoubleArray>(array, digest);
    case arrow::Type::STRING: return add_values<arrow::StringArray>(array, digest);
    case arrow::Type::TIMESTAMP: return add_values<arrow::TimestampArray>(array, digest);
    default:
      throw Error(ErrorKind::bug, fmt::format("No fingerprint of a column of type {} is known.",
                                              array.type()->ToString()));
  }
}

}  // namespace

std::string content_fingerprint(const arrow::Table& table, const Control& control) {
  const auto columns = static_cast<std::size_t>(table.num_columns());
  std::vector<Digest> digests(columns);
  parallel_for(control, columns, [&](std::size_t c) {
    const int i = static_cast<int>(c);
    digests[c].add(table.schema()->field(i)->name());
    digests[c].add(table.schema()->field(i)->type()->ToString());
    for (const auto& array : table.column(i)->chunks()) add_array(*array, digests[c]);
  });
  Digest whole;
  whole.add(static_cast<std::uint64_t>(table.num_rows()));
  for (const Digest& digest : digests) {
    for (const std::uint64_t word : digest.finish()) whole.add(word);
  }
  const auto words = whole.finish();
  return fmt::format("{:016x}{:016x}", words[0], words[1]);
}

}  // namespace rarewood

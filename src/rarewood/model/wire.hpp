#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace rarewood {

// The protocol-buffer wire format, as far as ONNX files need it. Writing fields in one fixed order
// gives the same bytes every time, which a general library promises only with care, and no library
// has to be linked. https://protobuf.dev/programming-guides/encoding

/// Appends the fields of one message. A large inner message is taken over as it is: a model's trees
/// lie four messages deep, and copying them at each depth would take longer than to make them.
class WireWriter {
 public:
  void number(std::uint32_t field, std::uint64_t value);
  void real(std::uint32_t field, float value);
  void text(std::uint32_t field, std::string_view bytes);
  void message(std::uint32_t field, WireWriter inner);
  void append(WireWriter more);
  /// Repeated numbers in packed form, which every reader must accept.
  void numbers(std::uint32_t field, std::span<const std::uint32_t> values);
  /// The bytes of an array, little-endian.
  template <typename Value>
  void array(std::uint32_t field, std::span<const Value> values) {
    static_assert(std::is_arithmetic_v<Value>);
    text(field, {reinterpret_cast<const char*>(values.data()), values.size_bytes()});
  }

  std::size_t size() const;
  void append_to(std::string& bytes) const;
  std::string bytes() const;

 private:
  void varint(std::uint64_t value);

  std::vector<std::string> blocks_;  ///< what comes before `bytes_`
  std::string bytes_;
};

/// One field as read; which of the members counts is told by `type`.
struct WireField {
  enum class Type { number = 0, fixed64 = 1, bytes = 2, fixed32 = 5 };

  std::uint32_t number = 0;
  Type type = Type::number;
  std::uint64_t value = 0;
  std::string_view bytes;
};

/// Goes through the fields of one message without ever leaving its bytes.
class WireReader {
 public:
  explicit WireReader(std::string_view bytes) : rest_(bytes) {}

  /// False at the end. \throws ModelDamage.
  bool next(WireField& field);

  std::size_t left() const { return rest_.size(); }

  /// The next number of a packed field; false at the end. \throws ModelDamage.
  bool next_packed(std::uint64_t& value) {
    if (rest_.empty()) return false;
    const auto first = static_cast<unsigned char>(rest_.front());
    if (first < 0x80) {  // most numbers of a model: flags, columns, near children
      value = first;
      rest_.remove_prefix(1);
    } else {
      value = varint();
    }
    return true;
  }

 private:
  std::uint64_t varint();
  std::uint64_t fixed(std::size_t size);
  std::string_view take(std::uint64_t size);

  std::string_view rest_;
};

}  // namespace rarewood

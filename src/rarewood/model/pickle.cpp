#include "rarewood/model/pickle.hpp"

#include <cstdint>
#include <limits>

#include "rarewood/base/error.hpp"
#include "rarewood/model/model_file.hpp"

// A pickle is a program for a small stack machine. Ours says: call rarewood.Model without
// arguments, then hand it the state {"onnx": bytes, "format": 1}. Opcodes: Python's pickletools.

namespace rarewood {
namespace {

constexpr std::string_view kModule = "rarewood";
constexpr std::string_view kClass = "Model";
constexpr std::string_view kOnnxKey = "onnx";

std::string little_endian(std::uint64_t value, std::size_t size) {
  std::string bytes;
  for (std::size_t i = 0; i < size; ++i) bytes.push_back(static_cast<char>(value >> 8 * i));
  return bytes;
}

std::string short_text(std::string_view text) {
  return "\x8c" + little_endian(text.size(), 1) + std::string(text);  // SHORT_BINUNICODE
}

std::string bytes_opcode(std::uint64_t size) {
  if (size <= std::numeric_limits<std::uint32_t>::max()) return "B" + little_endian(size, 4);
  return "\x8e" + little_endian(size, 8);  // BINBYTES8
}

/// Reads opcodes one after the other and keeps the texts and bytes they push.
class PickleScanner {
 public:
  explicit PickleScanner(std::string_view bytes) : rest_(bytes) {}

  /// False at the end, at an unknown opcode and where the bytes run out.
  bool step() {
    if (rest_.empty()) return false;
    const auto opcode = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    switch (opcode) {
      case 0x8c: return take_payload(1, text);  // SHORT_BINUNICODE
      case 'X': return take_payload(4, text);   // BINUNICODE
      case 'C': return take_payload(1, data);   // SHORT_BINBYTES
      case 'B': return take_payload(4, data);   // BINBYTES
      case 0x8e: return take_payload(8, data);  // BINBYTES8
      case 0x95: return skip(8);                // FRAME
      case 'r':                                 // LONG_BINPUT
      case 'j': return skip(4);                 // LONG_BINGET
      case 0x80:                                // PROTO
      case 'q':                                 // BINPUT
      case 'h':                                 // BINGET
      case 'K': return skip(1);                 // BININT1
      case 0x93:                                // STACK_GLOBAL
      case 0x94:                                // MEMOIZE
      case 0x81:                                // NEWOBJ
      case ')':                                 // EMPTY_TUPLE
      case '}':                                 // EMPTY_DICT
      case '(':                                 // MARK
      case 's':                                 // SETITEM
      case 'u':                                 // SETITEMS
      case 'b': return true;                    // BUILD
      default: return false;                    // also STOP
    }
  }

  std::string_view text;  ///< the last one pushed
  std::string_view data;

 private:
  bool skip(std::size_t size) {
    if (rest_.size() < size) return false;
    rest_.remove_prefix(size);
    return true;
  }

  bool take_payload(std::size_t length_size, std::string_view& payload) {
    if (rest_.size() < length_size) return false;
    std::uint64_t size = 0;
    for (std::size_t i = 0; i < length_size; ++i) {
      size |= std::uint64_t{static_cast<unsigned char>(rest_[i])} << 8 * i;
    }
    rest_.remove_prefix(length_size);
    if (rest_.size() < size) return false;
    payload = rest_.substr(0, static_cast<std::size_t>(size));
    return skip(payload.size());
  }

  std::string_view rest_;
};

}  // namespace

std::string model_to_pickle(std::string_view onnx) {
  std::string pickle = "\x80\x04";                                        // PROTO 4
  pickle += short_text(kModule) + short_text(kClass) + "\x93" + ")\x81";  // Model()
  pickle += "}(" + short_text(kOnnxKey) + bytes_opcode(onnx.size());
  pickle += onnx;
  return pickle + short_text("format") + "K\x01" + "ub.";
}

bool is_pickle(std::string_view bytes) {
  return bytes.size() >= 2 && bytes[0] == '\x80' && bytes[1] >= 2 && bytes[1] <= 5;
}

std::string_view onnx_in_pickle(std::string_view bytes, const std::string& name) {
  PickleScanner scanner(bytes);
  bool ours = false;
  std::string_view before;
  while (scanner.data.empty() && scanner.step()) {
    ours = ours || (before == kModule && scanner.text == kClass);
    before = scanner.text;
  }
  if (!ours) {
    throw Error(ErrorKind::data, name +
                                     " is a pickle, but no rarewood model was found in it. Give "
                                     "a .onnx or .pkl file made by rarewood train.");
  }
  if (scanner.data.empty() || scanner.text != kOnnxKey) {
    throw Error(ErrorKind::data, name +
                                     " is a damaged pickle of a rarewood model. Copy it again "
                                     "from its source, or train again.");
  }
  return scanner.data;
}

}  // namespace rarewood

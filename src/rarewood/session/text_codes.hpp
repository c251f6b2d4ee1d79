#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rarewood {

inline constexpr std::uint32_t no_code = UINT32_MAX;  ///< missing

/// Texts seen so far, each with a code 0, 1, ... in the order of first sight.
class TextCodes {
 public:
  /// Code of `text`; a new one if it was not seen before; no_code for "", "NULL" and the like.
  std::uint32_t code(std::string_view text);

  const std::vector<std::string>& texts() const { return texts_; }  ///< by code

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  struct Recent {
    std::uint64_t key = 0;
    std::uint32_t code = no_code;
  };

  std::uint32_t look_up(std::string_view text);

  std::vector<std::string> texts_;
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> codes_;
  std::array<Recent, 64> recent_{};  ///< direct-mapped, in front of the map
};

/// Renumber `values` by the sorted order of their texts, so that codes do not depend on the order
/// of rows. \return the texts by new code.
std::vector<std::string> settle(const TextCodes& codes, std::vector<std::uint32_t>& values);

}  // namespace rarewood

#include "rarewood/session/text_codes.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>

namespace rarewood {
namespace {

bool is_missing(std::string_view text) {
  return text.empty() || text == "NULL" || text == "null" || text == "None" || text == "NaN" ||
         text == "nan" || text == "\\N";
}

/// Cheap and good enough to tell a few dozen URLs apart: length, first and last eight bytes.
std::uint64_t sketch(std::string_view text) {
  std::uint64_t head = 0;
  std::uint64_t tail = 0;
  const std::size_t bytes = std::min<std::size_t>(text.size(), 8);
  std::memcpy(&head, text.data(), bytes);
  std::memcpy(&tail, text.data() + text.size() - bytes, bytes);
  return (head * 0x9E3779B97F4A7C15ULL) ^ (tail * 0xC2B2AE3D27D4EB4FULL) ^ text.size();
}

}  // namespace

std::uint32_t TextCodes::code(std::string_view text) {
  if (text.empty()) return no_code;
  const std::uint64_t key = sketch(text);
  Recent& recent = recent_[(key >> 32) % recent_.size()];
  if (recent.key == key && recent.code != no_code && texts_[recent.code] == text) {
    return recent.code;
  }
  recent = {key, look_up(text)};
  return recent.code;
}

std::uint32_t TextCodes::look_up(std::string_view text) {
  if (is_missing(text)) return no_code;
  const auto found = codes_.find(text);
  if (found != codes_.end()) return found->second;
  const auto fresh = static_cast<std::uint32_t>(texts_.size());
  texts_.emplace_back(text);
  codes_.emplace(texts_.back(), fresh);
  return fresh;
}

std::vector<std::string> settle(const TextCodes& codes, std::vector<std::uint32_t>& values) {
  const std::vector<std::string>& texts = codes.texts();
  std::vector<std::uint32_t> order(texts.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return texts[a] < texts[b]; });
  std::vector<std::uint32_t> renamed(texts.size());
  std::vector<std::string> sorted;
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    renamed[order[i]] = i;
    sorted.push_back(texts[order[i]]);
  }
  for (std::uint32_t& value : values) {
    if (value != no_code) value = renamed[value];
  }
  return sorted;
}

}  // namespace rarewood

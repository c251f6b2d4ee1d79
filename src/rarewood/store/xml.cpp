#include "rarewood/store/xml.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

namespace rarewood {
namespace {

void append_utf8(std::uint32_t code, std::string& text) {
  const auto put = [&text](std::uint32_t byte) { text += static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | (code >> 6));
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | (code >> 12));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | ((code >> 18) & 0x07));
    put(0x80 | ((code >> 12) & 0x3F));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  }
}

// "#34", "#x22" or a name; an unknown one stays as it stands.
void append_entity(std::string_view entity, std::string& text) {
  constexpr std::array<std::pair<std::string_view, char>, 5> kNamed{
      {{"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}}};
  for (const auto& [name, character] : kNamed) {
    if (entity == name) {
      text += character;
      return;
    }
  }
  const bool is_hex = entity.starts_with("#x");
  std::uint32_t code = 0;
  const char* end = entity.data() + entity.size();
  const char* begin = entity.data() + (is_hex ? 2 : 1);
  const bool is_number = entity.starts_with('#') && begin < end &&
                         std::from_chars(begin, end, code, is_hex ? 16 : 10).ptr == end;
  if (is_number) {
    append_utf8(code, text);
  } else {
    text.append("&").append(entity).append(";");
  }
}

}  // namespace

std::vector<std::string_view> xml_elements(std::string_view xml, const std::string& name) {
  const std::string open = "<" + name;
  const std::string close = "</" + name + ">";
  std::vector<std::string_view> found;
  std::size_t at = 0;
  while ((at = xml.find(open, at)) != std::string_view::npos) {
    at += open.size();
    const bool whole_name = at < xml.size() && (xml[at] == '>' || xml[at] == ' ');
    const std::size_t begin = xml.find('>', at);
    const std::size_t end = xml.find(close, at);
    if (!whole_name || begin == std::string_view::npos || end == std::string_view::npos) continue;
    if (end > begin) found.push_back(xml.substr(begin + 1, end - begin - 1));
    at = end;
  }
  return found;
}

std::string xml_text(std::string_view xml, const std::string& name) {
  const auto elements = xml_elements(xml, name);
  if (elements.empty()) return "";
  const std::string_view raw = elements.front();
  std::string text;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const std::size_t end = raw[i] == '&' ? raw.find(';', i) : std::string_view::npos;
    if (end == std::string_view::npos) {
      text += raw[i];
    } else {
      append_entity(raw.substr(i + 1, end - i - 1), text);
      i = end;
    }
  }
  return text;
}

}  // namespace rarewood

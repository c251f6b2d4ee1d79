#include "rarewood/option/option_json.hpp"

#include <nlohmann/json.hpp>

namespace rarewood {
namespace {

nlohmann::ordered_json typed(const OptionSpec& spec, const std::string& text) {
  if (spec.value.empty()) return text == "true";
  if (spec.value == "LIST") return list_items(text);
  if (spec.value == "PAIRS") return pairs_value(spec, text);
  if (spec.value == "INT") {
    if (const auto number = parse_int64(text)) return *number;
    return nullptr;
  }
  if (spec.value == "NUMBER") {
    if (const auto number = parse_double(text)) return *number;
    return nullptr;
  }
  return text;
}

}  // namespace

std::string options_json(const std::vector<OptionSpec>& specs,
                         const std::vector<std::pair<std::string, std::string>>& values) {
  nlohmann::ordered_json object = nlohmann::ordered_json::object();
  for (const auto& [name, text] : values) {
    for (const OptionSpec& spec : specs) {
      if (spec.name == name) object[name] = typed(spec, text);
    }
  }
  return object.dump();
}

}  // namespace rarewood

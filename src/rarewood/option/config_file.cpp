#include "rarewood/option/config_file.hpp"

#include <algorithm>
#include <optional>
#include <sstream>

#include <toml++/toml.h>

namespace rarewood {
namespace {

/// One file being read: where messages point to and what it may hold.
struct ConfigReader {
  const std::string& name;
  const std::vector<OptionGroup>& known;

  std::string place(const toml::source_region& source) const {
    return name + ", line " + std::to_string(source.begin.line);
  }

  [[noreturn]] void refuse(const toml::source_region& source, const std::string& sentence) const {
    throw Error(ErrorKind::usage, place(source) + ": " + sentence);
  }
};

std::string did_you_mean(const std::string& word, const std::vector<std::string>& candidates,
                         const std::string& otherwise) {
  const auto meant = nearest_word(word, candidates);
  return meant ? " Did you mean '" + *meant + "'?" : otherwise;
}

std::vector<std::string> section_names(const std::vector<OptionGroup>& groups) {
  std::vector<std::string> names;
  for (const OptionGroup& group : groups) names.push_back(group.name);
  return names;
}

std::vector<std::string> option_names(const OptionGroup& group) {
  std::vector<std::string> names;
  for (const OptionSpec& spec : group.specs) names.push_back(spec.name);
  return names;
}

/// The section that has this key, if it was written in the wrong one.
std::optional<std::string> home_of(const std::string& key, const std::vector<OptionGroup>& groups) {
  for (const OptionGroup& group : groups) {
    const auto names = option_names(group);
    if (std::find(names.begin(), names.end(), key) != names.end()) return group.name;
  }
  return std::nullopt;
}

std::string type_wanted(const OptionSpec& spec) {
  if (spec.value.empty()) return "true or false";
  if (spec.value == "INT") return "an integer";
  if (spec.value == "NUMBER") return "a number";
  return spec.value == "LIST" ? "a list of texts in [ ]" : "a text in quotes";
}

std::string plain_text(const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* truth = node.as_boolean()) return truth->get() ? "true" : "false";
  if (const auto* whole = node.as_integer()) return std::to_string(whole->get());
  if (const auto* number = node.as_floating_point()) return shortest(number->get());
  std::ostringstream stream;  // dates and times
  node.visit([&](const auto& any) {
    if constexpr (toml::is_chronological<decltype(any)>) stream << any.get();
  });
  return stream.str();
}

bool type_fits(const OptionSpec& spec, const toml::node& node) {
  if (spec.value.empty()) return node.is_boolean();
  if (spec.value == "INT" || spec.value == "NUMBER") {
    if (node.is_string()) return spec.fallback == "none" && plain_text(node) == "none";
    return node.is_integer() || (spec.value == "NUMBER" && node.is_floating_point());
  }
  return node.is_string() || (spec.choices.empty() && node.is_value() && !node.is_boolean());
}

/// Items of an array joined as on the command line; a single text stands for a list of one.
std::string list_value(const ConfigReader& reader, const OptionSpec& spec, const toml::node& node) {
  if (node.is_string()) return list_text({plain_text(node)});
  const toml::array* array = node.as_array();
  std::vector<std::string> items;
  for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
    if (!array->get(i)->is_value()) array = nullptr;
    if (array != nullptr) items.push_back(plain_text(*array->get(i)));
  }
  if (array == nullptr) {
    reader.refuse(node.source(), "'" + spec.name + "' must be " + type_wanted(spec) + ".");
  }
  return list_text(items);
}

std::string value_of(const ConfigReader& reader, const OptionSpec& spec, const toml::node& node) {
  if (spec.value == "LIST") return list_value(reader, spec, node);
  if (!type_fits(spec, node)) {
    const std::string given = node.is_string() ? ", not the text '" + plain_text(node) + "'" : "";
    reader.refuse(node.source(), "'" + spec.name + "' must be " + type_wanted(spec) + given + ".");
  }
  return plain_text(node);
}

RawOptions read_section(const ConfigReader& reader, const OptionGroup& group,
                        const toml::table& section) {
  RawOptions values;
  for (const auto& [key, node] : section) {
    const std::string name(key.str());
    const auto spec = std::find_if(group.specs.begin(), group.specs.end(),
                                   [&](const OptionSpec& other) { return other.name == name; });
    if (spec == group.specs.end()) {
      const auto home = home_of(name, reader.known);
      const std::string otherwise =
          home ? " It belongs in [" + *home + "]." : " 'rarewood reference' lists what there is.";
      reader.refuse(key.source(),
                    "Unknown key '" + name + "' in [" + group.name + "]." +
                        (home ? otherwise : did_you_mean(name, option_names(group), otherwise)));
    }
    values[name] = {value_of(reader, *spec, node), Origin::file, reader.place(node.source())};
  }
  return values;
}

toml::table parse(const std::string& text, const ConfigReader& reader) {
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    reader.refuse(error.source(), "This is not TOML: " + std::string(error.description()) + ".");
  }
}

}  // namespace

ConfigSections read_config(const std::string& text, const std::string& name,
                           const std::vector<OptionGroup>& known) {
  const ConfigReader reader{name, known};
  ConfigSections sections;
  for (const auto& [key, node] : parse(text, reader)) {
    const std::string word(key.str());
    if (!node.is_table()) {
      const auto home = home_of(word, known);
      reader.refuse(key.source(), home ? "Write '" + word + "' below the line [" + *home + "]."
                                       : "Unknown key '" + word + "' outside any section.");
    }
    const auto group = std::find_if(known.begin(), known.end(),
                                    [&](const OptionGroup& other) { return other.name == word; });
    if (group == known.end()) {
      reader.refuse(key.source(),
                    "Unknown section [" + word + "]." +
                        did_you_mean(word, section_names(known),
                                     " The sections are " + listed(section_names(known)) + "."));
    }
    sections[word] = read_section(reader, *group, *node.as_table());
  }
  return sections;
}

}  // namespace rarewood

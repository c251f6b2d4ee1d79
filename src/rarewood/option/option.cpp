#include "rarewood/option/option.hpp"

#include <algorithm>
#include <cmath>

namespace rarewood {
namespace {

std::string range_text(const Range& range) {
  const bool from = range.lowest > -1e300;
  const bool to = range.highest < 1e300;
  if (from && to) {
    return " in " + std::string(range.lowest_excluded ? "(" : "[") + bound_text(range.lowest) +
           ", " + bound_text(range.highest) + (range.highest_excluded ? ")" : "]");
  }
  if (from) return (range.lowest_excluded ? " above " : " of at least ") + bound_text(range.lowest);
  if (to) return (range.highest_excluded ? " below " : " of at most ") + bound_text(range.highest);
  return "";
}

}  // namespace

std::string bound_text(double bound) {
  const bool whole = bound == std::floor(bound) && std::abs(bound) < 1e15;
  return whole ? fixed(bound, 0) : shortest(bound);
}

std::string allowed_text(const OptionSpec& spec) {
  if (!spec.choices.empty()) {
    std::string words;
    for (const std::string& word : spec.choices) words += (words.empty() ? "one of " : ", ") + word;
    return words;
  }
  if (spec.value.empty()) return "true or false";
  if (spec.value == "INT") return "an integer" + range_text(spec.range);
  if (spec.value == "NUMBER") return "a number" + range_text(spec.range);
  if (spec.value == "PAIRS") return "a list of name=word separated by commas";
  return spec.value == "LIST" ? "a list separated by commas" : "a text";
}

std::string flag_name(const std::string& name) {
  std::string flag = "--" + name;
  std::replace(flag.begin(), flag.end(), '_', '-');
  return flag;
}

void refuse_value(const OptionSpec& spec, const std::string& text) {
  throw Error(ErrorKind::usage, flag_name(spec.name) + " must be " + allowed_text(spec) +
                                    ", not '" + text + "'." + did_you_mean(text, spec.choices));
}

double number_in_range(const OptionSpec& spec, const std::string& text) {
  const auto number = parse_double(text);
  if (!number) refuse_value(spec, text);
  const Range& range = spec.range;
  const bool low = *number < range.lowest || (range.lowest_excluded && *number == range.lowest);
  const bool high = *number > range.highest || (range.highest_excluded && *number == range.highest);
  if (low || high) refuse_value(spec, text);
  return *number;
}

bool boolean_value(const OptionSpec& spec, const std::string& text) {
  const std::string word = lower(text);
  if (word == "true" || word == "yes" || word == "on" || word == "1") return true;
  if (word == "false" || word == "no" || word == "off" || word == "0") return false;
  refuse_value(spec, text);
}

void check_choice(const OptionSpec& spec, const std::string& text) {
  const auto& words = spec.choices;
  if (words.empty() || std::find(words.begin(), words.end(), text) != words.end()) return;
  refuse_value(spec, text);
}

Error with_place(const Error& error, const RawValue& value) {
  if (value.place.empty()) return error;
  return Error(error.kind(), value.place + ": " + error.what());
}

std::vector<std::string> list_items(const std::string& text) {
  std::vector<std::string> items;
  std::string item;
  const auto finish = [&] {
    item.erase(0, item.find_first_not_of(' '));
    item.erase(item.find_last_not_of(' ') + 1);
    if (!item.empty()) items.push_back(std::move(item));
    item.clear();
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == ',') {
      finish();
    } else {
      if (text.compare(at, 2, "\\,") == 0) ++at;
      item += text[at];
    }
  }
  finish();
  return items;
}

std::string list_text(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) {
    if (!text.empty()) text += ',';
    for (const char c : item) {
      if (c == ',') text += '\\';
      text += c;
    }
  }
  return text;
}

Pairs pairs_value(const OptionSpec& spec, const std::string& text) {
  Pairs pairs;
  for (const std::string& item : list_items(text)) {
    const std::size_t sign = item.rfind('=');
    if (sign == std::string::npos || sign == 0 || sign + 1 == item.size()) refuse_value(spec, item);
    if (!pairs.try_emplace(item.substr(0, sign), item.substr(sign + 1)).second) {
      throw Error(ErrorKind::usage, flag_name(spec.name) + " names '" + item.substr(0, sign) +
                                        "' twice. Keep one of the two.");
    }
  }
  return pairs;
}

std::string pairs_text(const Pairs& pairs) {
  std::vector<std::string> items;
  for (const auto& [name, word] : pairs) items.push_back(name + "=" + word);
  return list_text(items);
}

}  // namespace rarewood

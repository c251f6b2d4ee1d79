#include "rarewood/audit/question.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "rarewood/base/text.hpp"

namespace rarewood {
namespace {

bool is_bare_key(const std::string& name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
}

}  // namespace

std::string ask(const std::vector<std::string>& columns) {
  const std::string& first = columns.front();
  const std::string key = is_bare_key(first) ? first : '"' + first + '"';
  const bool one = columns.size() == 1;
  return fmt::format(
      "{} {} known at the prediction point? Answer once in rarewood.toml: [available_at] {} = "
      "\"before\" (or \"after\"){}.",
      one ? "Is" : "Are", one ? first : listed(columns), key, one ? "" : ", and so on");
}

}  // namespace rarewood

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
  const bool one = columns.size() == 1;
  std::string answers;
  for (const std::string& column : columns) {
    answers += (answers.empty() ? "" : ", ") + (is_bare_key(column) ? column : '"' + column + '"') +
               " = \"before\"";
    if (&column == &columns.front()) answers += " (or \"after\")";
  }
  return fmt::format(
      "{} {} known at the prediction point? Answer {}once in rarewood.toml: [available_at] {}.",
      one ? "Is" : "Are", listed(columns), one ? "" : "for each ", answers);
}

}  // namespace rarewood

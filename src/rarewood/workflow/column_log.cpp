#include "rarewood/workflow/column_log.hpp"

#include <algorithm>
#include <utility>

#include <fmt/ranges.h>

#include "rarewood/base/log.hpp"

namespace rarewood {
namespace {

/// More columns of a kind are counted only.
constexpr std::size_t kMostNamed = 20;

std::string first_of(std::vector<std::string> names) {
  const std::size_t all = names.size();
  if (all <= kMostNamed + 1) return fmt::format("{}", fmt::join(names, ", "));
  names.resize(kMostNamed);
  return fmt::format("{} and {} more", fmt::join(names, ", "), all - kMostNamed);
}

}  // namespace

void log_taken(const std::vector<ColumnNote>& notes) {
  static const std::string category = "category";
  std::vector<std::string> parts;
  for (const std::string& kind :
       {std::string("number"), std::string("boolean"), category, std::string("time")}) {
    std::vector<std::string> names;
    for (const ColumnNote& note : notes) {
      if (!note.taken || !note.role.starts_with(kind)) continue;
      const std::string levels = kind == category ? note.role.substr(category.size()) : "";
      names.push_back(note.name + levels);
    }
    if (!names.empty()) parts.push_back(kind + ": " + first_of(std::move(names)));
  }
  log(LogLevel::info, fmt::format("columns taken as {}", fmt::join(parts, "; ")));
}

void log_left_out(const std::vector<ColumnNote>& notes, const std::vector<std::string>& excluded) {
  for (const ColumnNote& note : notes) {
    if (note.role != "left out") continue;
    if (std::find(excluded.begin(), excluded.end(), note.name) != excluded.end()) continue;
    const std::string undo = note.undo.empty() ? "" : "; " + note.undo + " takes it";
    const std::string hint = note.hint.empty() ? "" : "; " + note.hint;
    log(LogLevel::info,
        fmt::format("column {} ({}) left out: {}{}{}", note.name, note.type, note.why, undo, hint));
  }
}

}  // namespace rarewood

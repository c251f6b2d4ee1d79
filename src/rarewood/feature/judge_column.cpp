#include "rarewood/feature/judge_column.hpp"

#include <arrow/chunked_array.h>
#include <arrow/type.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/feature/identifiers.hpp"
#include "rarewood/feature/levels.hpp"
#include "rarewood/feature/lost_precision.hpp"
#include "rarewood/feature/number_values.hpp"
#include "rarewood/table/table.hpp"

namespace rarewood {
namespace {

constexpr std::uint64_t kMostCodes = 1 << 24;  // that a float32 tells apart

ColumnVerdict left_out(ColumnVerdict verdict, const std::string& why, bool can_be_undone = true) {
  verdict.note.role = "left out";
  verdict.note.why = why;
  if (can_be_undone) verdict.note.undo = "--include " + verdict.note.name;
  return verdict;
}

/// \param repeats  rows may share a value, and then they may be of one user
ColumnVerdict left_out_as_name(ColumnVerdict verdict, const std::string& why, bool repeats) {
  verdict = left_out(std::move(verdict), why);
  if (repeats) {
    verdict.note.hint =
        "if rows of one value belong together, as those of a user do, --group-column " +
        verdict.note.name + " keeps them so";
  }
  return verdict;
}

ColumnVerdict taken(ColumnVerdict verdict, FeatureKind kind, const std::string& role) {
  verdict.note.taken = true;
  verdict.note.role = role;
  verdict.feature = Feature{.name = verdict.note.name, .kind = kind};
  return verdict;
}

ColumnVerdict taken_as_category(ColumnVerdict verdict, const Levels& levels) {
  verdict = taken(std::move(verdict), FeatureKind::category,
                  "category of " + thousands(levels.rows.size()) + " values");
  for (const auto& [level, rows] : levels.rows) verdict.feature->categories.push_back(level);
  return verdict;
}

/// Names of rows: each its own, or so called and more than every second different.
bool name_rows(const std::string& column, const Levels& levels, std::int64_t rows) {
  const auto distinct = levels.rows.size();
  if (is_uuid(levels.rows.begin()->first)) return true;
  const auto present = static_cast<std::uint64_t>(rows) - levels.missing;
  return distinct == present || (is_identifier_name(column) && 2 * distinct > present);
}

std::string at_least(const Levels& levels, std::uint64_t most) {
  return levels.cut ? "more than " + thousands(most) : thousands(levels.rows.size());
}

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

/// 1.234,5 or 0,7: a number as half of Europe writes it.
bool has_decimal_comma(const std::string& text) {
  std::string point = text;
  std::erase(point, '.');
  const std::size_t comma = point.find(',');
  if (comma == std::string::npos) return false;
  point[comma] = '.';
  return parse_double(point).has_value();
}

/// 9.5.2020, 09/05/2020, 31-12-99: which of its numbers is the month is not said.
bool looks_like_date(const std::string& text) {
  std::size_t numbers = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_digit(text[i])) {
      numbers += i == 0 || !is_digit(text[i - 1]);
    } else if (i == 0 || i > 5 || (text[i] != '.' && text[i] != '/' && text[i] != '-')) {
      return false;
    }
  }
  return numbers == 3 && text.size() >= 6 && text.size() <= 10;
}

/// Numbers and dates in a form that is not read as such: say how to have them read.
void warn_of_other_forms(const Levels& levels, ColumnVerdict& verdict) {
  std::size_t commas = 0;
  std::size_t dates = 0;
  for (const auto& [level, rows] : levels.rows) {
    commas += has_decimal_comma(level);
    dates += looks_like_date(level);
  }
  const std::string column =
      "The column '" + verdict.note.name + "' is text, but most of its values look like ";
  if (2 * commas > levels.rows.size()) {
    verdict.warnings.push_back(column +
                               "numbers with a decimal comma. If so, say "
                               "--decimal-point ','.");
  } else if (2 * dates > levels.rows.size()) {
    verdict.warnings.push_back(column +
                               "dates. Only dates like 2020-05-31 are read as such: "
                               "write them so.");
  }
}

/// One odd word makes text of a column of numbers: name it, as it often means "missing".
void warn_of_numbers_as_text(const Levels& levels, ColumnVerdict& verdict) {
  std::string odd;
  std::size_t numbers = 0;
  for (const auto& [level, rows] : levels.rows) {
    if (parse_double(level)) {
      ++numbers;
    } else if (odd.empty()) {
      odd = level;
    }
  }
  if (verdict.note.type != "text" || 2 * numbers <= levels.rows.size()) return;
  const std::string column = "The column '" + verdict.note.name + "' is text, ";
  verdict.warnings.push_back(
      odd.empty() ? column + "but holds numbers. Store it as numbers to have it taken so."
                  : column + "but most of its values are numbers. If '" + odd +
                        "' means a missing value, say --null-words '" + odd + "'.");
}

ColumnVerdict judge_text(ColumnVerdict verdict, const arrow::ChunkedArray& values,
                         const ColumnWish& wish) {
  const std::uint64_t most = wish.included ? kMostCodes : wish.max_levels;
  const Levels levels = count_levels(values, most);
  if (levels.rows.empty()) return left_out(std::move(verdict), "it has no value", false);
  if (levels.rows.size() == 1 && levels.missing == 0) {
    return left_out(std::move(verdict), "it is '" + levels.rows.begin()->first + "' in all rows",
                    false);
  }
  refuse_bytes(levels, verdict.note.name);
  warn_of_numbers_as_text(levels, verdict);
  warn_of_other_forms(levels, verdict);
  if (levels.cut && wish.included) {
    throw Error(ErrorKind::data, "The column '" + verdict.note.name + "' has " +
                                     at_least(levels, most) +
                                     " different values, too many for a category.");
  }
  if (!wish.included && name_rows(verdict.note.name, levels, values.length())) {
    const bool repeats = levels.cut || levels.rows.size() + levels.missing <
                                           static_cast<std::size_t>(values.length());
    return left_out_as_name(std::move(verdict),
                            "an identifier: " + at_least(levels, most) + " different values",
                            repeats);
  }
  if (levels.cut) {
    const bool perhaps = is_identifier_name(verdict.note.name);
    return left_out_as_name(std::move(verdict),
                            "text of " + at_least(levels, most) + " different values", perhaps);
  }
  return taken_as_category(std::move(verdict), levels);
}

/// Different values of a column of integers that name something; 0 of other columns.
std::uint64_t names_in(const std::string& name, const arrow::ChunkedArray& values,
                       const ColumnWish& wish) {
  if (!is_identifier_name(name) || !arrow::is_integer(values.type()->id())) return 0;
  const std::uint64_t distinct = count_distinct(values);
  const bool many =
      distinct > wish.max_levels || 2 * distinct > static_cast<std::uint64_t>(values.length());
  return many ? distinct : 0;
}

ColumnVerdict judge_number(ColumnVerdict verdict, const arrow::ChunkedArray& values,
                           const ColumnWish& wish) {
  const std::string& name = verdict.note.name;
  if (!wish.included && numbers_rows(name, values)) {
    return left_out(std::move(verdict), "an identifier: every row has its own number");
  }
  const std::uint64_t names = wish.included ? 0 : names_in(name, values, wish);
  if (names > 0) {
    return left_out_as_name(std::move(verdict),
                            "an identifier: " + thousands(names) + " different numbers", true);
  }
  const std::string lost = lost_precision(name, values);
  if (!lost.empty()) verdict.warnings.push_back(lost);
  const bool perhaps_names = is_identifier_name(name) && !wish.included;
  verdict = taken(std::move(verdict), FeatureKind::number, "number");
  if (perhaps_names) {
    verdict.note.why = "its name says identifier, but it has few values";
    verdict.note.undo = "--categorical " + verdict.note.name;
  }
  return verdict;
}

/// The same in all rows, or nowhere: found without counting, as two different values end it.
std::optional<std::string> emptiness(const arrow::ChunkedArray& values) {
  const Levels levels = count_levels(values, 1);
  if (levels.rows.empty()) return "it has no value";
  if (levels.cut || levels.missing > 0) return std::nullopt;
  return "it is " + levels.rows.begin()->first + " in all rows";
}

}  // namespace

ColumnVerdict judge_column(const std::string& name, const arrow::ChunkedArray& values,
                           const ColumnWish& wish) {
  const arrow::DataType& type = *values.type();
  ColumnVerdict verdict;
  verdict.note.name = name;
  verdict.note.type = type_words(type);
  if (type.id() == arrow::Type::DICTIONARY) return judge_text(std::move(verdict), values, wish);
  const bool number = is_number_type(type);
  const bool time = is_time_type(type);
  if (!number && !time && type.id() != arrow::Type::BOOL && type.id() != arrow::Type::NA) {
    return left_out(std::move(verdict), "a " + type_words(type) + " cannot be a feature", false);
  }
  if (const auto reason = emptiness(values)) {
    return left_out(std::move(verdict), *reason, false);
  }
  if (time) {
    if (!wish.included) {
      verdict.note.hint = "--split time --time-column " + name + " splits by it";
      return left_out(std::move(verdict), "a " + type_words(type));
    }
    return taken(std::move(verdict), FeatureKind::time, "time: days since 1970");
  }
  if (number && wish.categorical) {
    ColumnWish as_text = wish;
    as_text.included = true;
    return judge_text(std::move(verdict), values, as_text);
  }
  if (type.id() == arrow::Type::BOOL) {
    return taken(std::move(verdict), FeatureKind::boolean, "boolean");
  }
  return judge_number(std::move(verdict), values, wish);
}

}  // namespace rarewood

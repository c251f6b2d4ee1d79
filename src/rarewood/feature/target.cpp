#include "rarewood/feature/target.hpp"

#include <memory>
#include <optional>

#include <arrow/chunked_array.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/feature/encode_column.hpp"
#include "rarewood/feature/levels.hpp"
#include "rarewood/table/plain_types.hpp"

namespace rarewood {
namespace {

constexpr std::uint64_t kValuesShown = 5;

/// "'churned' of 't.csv'"
struct TargetName {
  std::string column;
  std::string table;
  std::string text() const { return "The target '" + column + "' of '" + table + "'"; }
};

void refuse_missing(const TargetName& name, std::uint64_t missing, std::int64_t rows) {
  if (missing == 0) return;
  throw Error(ErrorKind::data, name.text() + " has no value in " + thousands(missing) + " of " +
                                   thousands(static_cast<std::uint64_t>(rows)) +
                                   " rows. Give them one, or remove those rows.");
}

void refuse_other_than_two(const TargetName& name, const Levels& levels) {
  const std::size_t found = levels.rows.size();
  if (found == 2 && !levels.cut) return;
  if (found == 0) throw Error(ErrorKind::data, "'" + name.table + "' has no rows to learn from.");
  if (found == 1) {
    throw Error(ErrorKind::data, name.text() + " is '" + levels.rows.begin()->first +
                                     "' in all rows. Two classes are needed to learn from.");
  }
  std::vector<std::string> shown;
  for (const auto& [level, rows] : levels.rows) {
    if (shown.size() < kValuesShown) shown.push_back("'" + level + "'");
  }
  const std::string more = found > shown.size() ? " and more" : "";
  throw Error(ErrorKind::data,
              name.text() + " has more than two values (" + listed(shown) + more +
                  "). rarewood predicts one of two: choose or make such a column.");
}

bool means(const std::string& level, const std::string& word) {
  if (lower(level) == lower(word)) return true;
  const auto a = parse_double(level);
  const auto b = parse_double(word);
  return a && b && *a == *b;
}

/// The one of two values that any of `words` means; nothing if none or both do.
std::optional<std::string> meant_level(const Levels& levels,
                                       const std::vector<std::string>& words) {
  std::vector<std::string> found;
  for (const auto& [level, rows] : levels.rows) {
    for (const std::string& word : words) {
      if (!means(level, word)) continue;
      found.push_back(level);
      break;
    }
  }
  if (found.size() == 1) return found.front();
  return std::nullopt;
}

std::string choose_positive(const TargetName& name, const Levels& levels,
                            const std::string& positive) {
  if (!positive.empty() && levels.rows.contains(positive)) return positive;
  const auto words =
      positive.empty() ? std::vector<std::string>{"1", "true", "yes"} : std::vector{positive};
  if (const auto meant = meant_level(levels, words)) return *meant;
  const auto& [a, rows_a] = *levels.rows.begin();
  const auto& [b, rows_b] = *levels.rows.rbegin();
  const std::string not_found = positive.empty() ? "" : ", and not '" + positive + "'";
  throw Error(ErrorKind::usage, name.text() + " has the values '" + a + "' (" + thousands(rows_a) +
                                    " rows) and '" + b + "' (" + thousands(rows_b) + " rows)" +
                                    not_found + ". Say which one is the event: --positive VALUE.");
}

}  // namespace

Labels read_target(const arrow::ChunkedArray& values, const std::string& name,
                   const std::string& positive, const std::string& table) {
  const TargetName who{.column = name, .table = table};
  const auto plain = plain_values(
      std::make_shared<arrow::ChunkedArray>(values.chunks(), values.type()), name, true);
  const Levels levels = count_levels(*plain, kValuesShown);
  if (!levels.cut) refuse_missing(who, levels.missing, values.length());
  refuse_bytes(levels, name);
  refuse_other_than_two(who, levels);

  Labels labels;
  labels.target.name = name;
  labels.target.positive = choose_positive(who, levels, positive);
  for (const auto& [level, rows] : levels.rows) {
    if (level != labels.target.positive) labels.target.negative = level;
  }

  // As a category of one level, the event has code 0 and everything else is unseen.
  const Feature event{
      .name = name, .kind = FeatureKind::category, .categories = {labels.target.positive}};
  std::vector<float> codes;
  encode_column(event, *plain, {.table = table}, codes);
  labels.positive.resize(codes.size());
  for (std::size_t row = 0; row < codes.size(); ++row) labels.positive[row] = codes[row] == 0;
  return labels;
}

}  // namespace rarewood

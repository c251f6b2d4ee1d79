#include "rarewood/feature/row_levels.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <limits>
#include <map>
#include <memory>
#include <set>

#include <arrow/array.h>
#include <arrow/chunked_array.h>
#include <arrow/type.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/base/utc.hpp"
#include "rarewood/feature/levels.hpp"
#include "rarewood/feature/number_values.hpp"
#include "rarewood/table/plain_types.hpp"
#include "rarewood/table/table.hpp"

namespace rarewood {
namespace {

constexpr std::size_t kMostTexts = 20;
constexpr std::size_t kMostNumbers = 12;
constexpr std::size_t kRanges = 5;
constexpr std::size_t kMostTimes = 26;

/// Distinct names in the order of first, each row's place among them.
template <typename Key>
RowLevels in_order(const std::string& column, const std::vector<Key>& of_rows,
                   const std::map<Key, std::string>& names) {
  RowLevels levels{column, {}, {}};
  std::map<Key, std::uint32_t> places;
  for (const auto& [key, name] : names) {
    places[key] = static_cast<std::uint32_t>(levels.names.size());
    levels.names.push_back(name);
  }
  levels.of.reserve(of_rows.size());
  for (const Key& key : of_rows) levels.of.push_back(places.at(key));
  return levels;
}

/// Values as text, "" under a missing one, which `missing` marks; each stands for some rows.
struct Words {
  std::vector<std::string> of;
  std::vector<bool> missing;
  std::vector<std::uint64_t> rows;

  void add(const std::string& word, bool is_missing, std::uint64_t times) {
    of.push_back(word);
    missing.push_back(is_missing);
    rows.push_back(times);
  }
};

/// NaN is missing.
struct Numbers {
  std::vector<double> of;
  std::vector<std::uint64_t> rows;

  void add(double number, std::uint64_t times) {
    of.push_back(number);
    rows.push_back(times);
  }
};

std::string word_at(const arrow::Array& chunk, std::int64_t row) {
  if (chunk.IsNull(row)) return "";
  if (chunk.type_id() == arrow::Type::BOOL) {
    return static_cast<const arrow::BooleanArray&>(chunk).Value(row) ? "true" : "false";
  }
  const auto& codes = static_cast<const arrow::DictionaryArray&>(chunk);
  const auto& texts = static_cast<const arrow::StringArray&>(*codes.dictionary());
  return texts.GetString(codes.GetValueIndex(row));
}

void add_words(const arrow::Array& chunk, Words& words) {
  for (std::int64_t row = 0; row < chunk.length(); ++row) {
    words.add(word_at(chunk, row), chunk.IsNull(row), 1);
  }
}

/// Levels that keep their name: the most frequent ones.
std::set<std::string> kept_texts(const Words& words) {
  std::map<std::string, std::uint64_t> rows;
  for (std::size_t i = 0; i < words.of.size(); ++i) {
    if (!words.missing[i]) rows[words.of[i]] += words.rows[i];
  }
  std::vector<std::pair<std::uint64_t, std::string>> order;
  for (const auto& [word, count] : rows) order.emplace_back(count, word);
  std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  if (order.size() > kMostTexts) order.resize(kMostTexts - 1);
  std::set<std::string> kept;
  for (const auto& [count, word] : order) kept.insert(word);
  return kept;
}

/// Position and name: texts first, then "others", then "missing".
using Place = std::pair<int, std::string>;

RowLevels levels_of_words(const Words& words, const std::string& column) {
  const std::set<std::string> kept = kept_texts(words);
  std::map<Place, std::string> names;
  std::vector<Place> of;
  for (std::size_t row = 0; row < words.of.size(); ++row) {
    const std::string& word = words.of[row];
    Place place{0, word};
    if (!kept.contains(word)) place = {1, "others"};
    if (words.missing[row]) place = {2, "missing"};
    names[place] = place.second.empty() ? "(empty)" : place.second;
    of.push_back(place);
  }
  return in_order(column, of, names);
}

template <typename Value>
void add_numbers(const arrow::Array& chunk, const Value* values, Numbers& numbers) {
  for (std::int64_t row = 0; row < chunk.length(); ++row) {
    numbers.add(chunk.IsNull(row) ? std::numeric_limits<double>::quiet_NaN()
                                  : static_cast<double>(values[row]),
                1);
  }
}

/// Lower ends of the ranges, ascending.
std::vector<double> range_starts(const Numbers& numbers) {
  std::map<double, std::uint64_t> rows;
  std::uint64_t all = 0;
  for (std::size_t i = 0; i < numbers.of.size(); ++i) {
    if (std::isnan(numbers.of[i])) continue;
    rows[numbers.of[i]] += numbers.rows[i];
    all += numbers.rows[i];
  }
  std::vector<double> starts;
  std::uint64_t below = 0;
  std::uint64_t last = kRanges;
  for (const auto& [value, count] : rows) {
    const std::uint64_t range = below * kRanges / all;  // where the first of its rows falls
    if (rows.size() <= kMostNumbers || range != last) starts.push_back(value);
    last = range;
    below += count;
  }
  return starts;
}

/// Whole numbers as they are, others to four digits.
std::string short_text(double value) {
  if (value == std::floor(value)) return level_text(value);
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::general, 4);
  return {text, end.ptr};
}

RowLevels levels_of_numbers(const Numbers& numbers, const std::string& column) {
  const std::vector<double> starts = range_starts(numbers);
  constexpr std::size_t kMissing = std::numeric_limits<std::size_t>::max();
  std::vector<std::size_t> of;
  std::map<std::size_t, std::pair<double, double>> ends;
  for (const double value : numbers.of) {
    if (std::isnan(value)) {
      of.push_back(kMissing);
      continue;
    }
    const auto after = std::upper_bound(starts.begin(), starts.end(), value);
    of.push_back(static_cast<std::size_t>(after - starts.begin()));
    auto& [low, high] = ends.try_emplace(of.back(), value, value).first->second;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  std::map<std::size_t, std::string> names;
  for (const auto& [range, end] : ends) {
    names[range] = short_text(end.first);
    if (end.second > end.first) names[range] += " to " + short_text(end.second);
  }
  if (std::find(of.begin(), of.end(), kMissing) != of.end()) names[kMissing] = "missing";
  return in_order(column, of, names);
}

using Days = std::chrono::sys_days;

Days week_of(Days day) { return day - (std::chrono::weekday(day) - std::chrono::Monday); }

/// First day of the `months` months that hold it: 1, 3 or 12.
Days months_of(Days day, unsigned months) {
  const std::chrono::year_month_day date(day);
  const unsigned month = (static_cast<unsigned>(date.month()) - 1) / months * months + 1;
  return date.year() / std::chrono::month(month) / 1;
}

struct Period {
  const char* word;
  unsigned months;         ///< 0 = a week
  std::size_t characters;  ///< of the date that name it
};

constexpr Period kPeriods[] = {
    {"week", 0, 10}, {"month", 1, 7}, {"quarter", 3, 7}, {"year", 12, 4}};

}  // namespace

RowLevels read_row_levels(const arrow::ChunkedArray& values, const std::string& column,
                          const std::string& table) {
  const auto plain = plain_values(
      std::make_shared<arrow::ChunkedArray>(values.chunks(), values.type()), column, true);
  Words words;
  Numbers numbers;
  for (const auto& chunk : plain->chunks()) {
    if (chunk->type_id() == arrow::Type::BOOL || chunk->type_id() == arrow::Type::DICTIONARY) {
      add_words(*chunk, words);
    } else if (!with_number_values(*chunk,
                                   [&](const auto* of) { add_numbers(*chunk, of, numbers); })) {
      throw Error(ErrorKind::data, "The column '" + column + "' of '" + table + "' is of type " +
                                       type_words(*chunk->type()) +
                                       ". Results are broken down by text, numbers or booleans.");
    }
  }
  return words.of.empty() ? levels_of_numbers(numbers, column) : levels_of_words(words, column);
}

RowLevels feature_levels(const Feature& feature, const std::vector<float>& values,
                         const std::vector<std::uint64_t>& rows) {
  Words words;
  Numbers numbers;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto value = static_cast<double>(values[i]);
    const bool missing = std::isnan(value);
    if (feature.kind == FeatureKind::category) {
      const std::size_t code = missing ? 0 : static_cast<std::size_t>(value);
      words.add(missing ? "" : feature.categories[code], missing, rows[i]);
    } else if (feature.kind == FeatureKind::boolean) {
      words.add(missing ? "" : value != 0 ? "true" : "false", missing, rows[i]);
    } else {
      numbers.add(value, rows[i]);
    }
  }
  return words.of.empty() ? levels_of_numbers(numbers, feature.name)
                          : levels_of_words(words, feature.name);
}

RowLevels time_levels(const RowKeys& seconds) {
  for (const Period& period : kPeriods) {
    std::map<Days, std::string> names;
    std::vector<Days> of;
    for (const std::int64_t second : seconds.values) {
      const Days day = std::chrono::floor<std::chrono::days>(
          std::chrono::sys_seconds(std::chrono::seconds(second)));
      of.push_back(period.months == 0 ? week_of(day) : months_of(day, period.months));
      names.try_emplace(of.back(), date_text(of.back()).substr(0, period.characters));
    }
    if (names.size() > kMostTimes && period.months != 12) continue;
    RowLevels levels = in_order(std::string(period.word) + " of " + seconds.name, of, names);
    if (&period != std::begin(kPeriods)) {
      levels.note = "By " + std::string(period.word) + ", as the rows are of more than " +
                    std::to_string(kMostTimes) + " weeks.";
    }
    return levels;
  }
  return {};
}

}  // namespace rarewood

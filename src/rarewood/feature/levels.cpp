#include "rarewood/feature/levels.hpp"

#include <cmath>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include <arrow/array.h>
#include <arrow/chunked_array.h>
#include <arrow/type.h>
#include <arrow/util/utf8.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/feature/number_values.hpp"

namespace rarewood {
namespace {

/// Adds a chunk's counts to the levels; false once there are too many.
class LevelCounter {
 public:
  LevelCounter(Levels& levels, std::uint64_t most) : levels_(levels), most_(most) {}

  void add(const arrow::Array& chunk) {
    levels_.missing += static_cast<std::uint64_t>(chunk.null_count());
    if (chunk.type_id() == arrow::Type::NA) return;
    if (chunk.type_id() == arrow::Type::DICTIONARY) {
      add_codes(static_cast<const arrow::DictionaryArray&>(chunk));
    } else if (chunk.type_id() == arrow::Type::BOOL) {
      add_booleans(static_cast<const arrow::BooleanArray&>(chunk));
    } else if (!with_number_values(chunk,
                                   [&](const auto* values) { add_numbers(chunk, values); })) {
      throw Error(ErrorKind::bug, "Levels of a column of type " + chunk.type()->ToString() + ".");
    }
  }

 private:
  void note(const std::string& level, std::uint64_t rows) {
    if (rows == 0 || levels_.cut) return;
    levels_.rows[level] += rows;
    levels_.cut = levels_.rows.size() > most_;
  }

  void add_codes(const arrow::DictionaryArray& chunk) {
    const auto& words = static_cast<const arrow::StringArray&>(*chunk.dictionary());
    const auto* codes = chunk.data()->GetValues<std::int32_t>(1);
    std::vector<std::uint64_t> rows(static_cast<std::size_t>(words.length()));
    for (std::int64_t row = 0; row < chunk.length(); ++row) {
      if (!chunk.IsNull(row)) ++rows[static_cast<std::size_t>(codes[row])];
    }
    for (std::size_t code = 0; code < rows.size() && !levels_.cut; ++code) {
      if (rows[code] > 0) note(words.GetString(static_cast<std::int64_t>(code)), rows[code]);
    }
  }

  void add_booleans(const arrow::BooleanArray& chunk) {
    const auto yes = static_cast<std::uint64_t>(chunk.true_count());
    note("true", yes);
    note("false", static_cast<std::uint64_t>(chunk.length() - chunk.null_count()) - yes);
  }

  template <typename Value>
  void add_numbers(const arrow::Array& chunk, const Value* values) {
    std::unordered_map<Value, std::uint64_t> rows;
    auto last = rows.end();  // values often follow their like
    for (std::int64_t row = 0; row < chunk.length() && rows.size() <= most_; ++row) {
      if (chunk.IsNull(row)) continue;
      if constexpr (std::is_floating_point_v<Value>) {
        if (std::isnan(values[row])) {
          ++levels_.missing;
          continue;
        }
      }
      if (last == rows.end() || last->first != values[row])
        last = rows.try_emplace(values[row]).first;
      ++last->second;
    }
    for (const auto& [value, count] : rows) {
      if constexpr (std::is_floating_point_v<Value>) {
        note(level_text(static_cast<double>(value)), count);
      } else {
        note(std::to_string(value), count);
      }
    }
  }

  Levels& levels_;
  std::uint64_t most_;
};

}  // namespace

Levels count_levels(const arrow::ChunkedArray& values, std::uint64_t most) {
  Levels levels;
  LevelCounter counter(levels, most);
  for (const auto& chunk : values.chunks()) {
    counter.add(*chunk);
    if (levels.cut) break;
  }
  return levels;
}

void refuse_bytes(const Levels& levels, const std::string& column) {
  arrow::util::InitializeUTF8();
  for (const auto& [level, rows] : levels.rows) {
    if (arrow::util::ValidateUTF8(level)) continue;
    throw Error(ErrorKind::data, "The column '" + column +
                                     "' holds text that is not UTF-8. Convert it, or leave it out "
                                     "with --exclude.");
  }
}

std::string level_text(double value) {
  const bool whole = value == std::floor(value) && std::fabs(value) < 9e15;
  return whole ? std::to_string(static_cast<std::int64_t>(value)) : shortest(value);
}

}  // namespace rarewood

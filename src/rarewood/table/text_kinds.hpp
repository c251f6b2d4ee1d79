#pragma once

#include <memory>
#include <string_view>

#include <arrow/type_fwd.h>

namespace rarewood {

/// What the words of a text column can be read as; the narrowest kind that holds them all.
enum class TextKind {
  missing,      ///< no value seen
  integer,      ///< 64 bits
  long_digits,  ///< digits only, but too many or behind zeros: kept as text, for they name
                ///< something
  number,
  boolean,  ///< true/false in three spellings each; other words stay text and keep their spelling
  date,
  seconds,        ///< date and time of day, without zone
  fractions,      ///< the same with decimals of a second
  zoned_seconds,  ///< with a zone or Z: read as UTC
  zoned_fractions,
  text
};

/// Sees every value of a column, not just the first ones.
class KindFinder {
 public:
  explicit KindFinder(char decimal_point) : decimal_point_(decimal_point) {}

  void see(std::string_view value);
  TextKind kind() const { return kind_; }

 private:
  TextKind classify(std::string_view value) const;
  bool still_fits(std::string_view value) const;

  char decimal_point_;
  TextKind kind_ = TextKind::missing;
};

std::shared_ptr<arrow::DataType> type_of(TextKind kind);

}  // namespace rarewood

#pragma once

#include <string>
#include <vector>

#include "rarewood/option/option.hpp"

namespace rarewood {

/// How a text table (CSV) is read and written; Parquet says these things itself.
struct TableOptions {
  std::string separator;            ///< "" = found when reading, ',' or tab by ending when writing
  std::string decimal_point = ".";  ///< "." or ","
  /// Words that stand for a missing value, quoted or not; the empty field always does.
  std::vector<std::string> null_words = {"NULL", "null", "NA", "N/A", "n/a", "NaN", "nan", "None"};
};

const OptionTable<TableOptions>& table_options();

/// The character that `options.separator` names: "tab" or the character itself; 0 where it is "".
/// \throws Error(usage) if it is anything else.
char separator_of(const TableOptions& options);

}  // namespace rarewood

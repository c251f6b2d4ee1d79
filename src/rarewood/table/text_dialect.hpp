#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rarewood/table/table_options.hpp"

namespace rarewood {

/// How a text table is laid out, found from its first bytes.
struct TextDialect {
  char separator = ',';
  std::vector<std::string> columns;  ///< the header; an empty name becomes "column_N"
  int header_line = 1;               ///< after empty lines, if any
};

/// \param head   the first bytes of the text, decompressed
/// \param name   of the table, for messages
/// \param whole  `head` is the whole text
/// \throws Error(data) if the text is empty, binary or UTF-16, has no rows, or two columns have one
///         name.
TextDialect find_dialect(std::string_view head, bool whole, const std::string& name,
                         const TableOptions& options);

/// \throws Error(data) naming the columns that occur twice.
void refuse_equal_names(const std::vector<std::string>& names, const std::string& table);

}  // namespace rarewood

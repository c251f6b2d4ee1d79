#pragma once

#include <string>
#include <vector>

#include "rarewood/feature/column_note.hpp"

namespace rarewood {

/// Say what the columns of an unknown table were taken for:
/// "columns taken as number: pages, price; category: Month of 10 values".
void log_taken(const std::vector<ColumnNote>& notes);

/// Say which columns the program itself left out, why, and which option takes them after all.
/// \param excluded  by the user, who knows
void log_left_out(const std::vector<ColumnNote>& notes, const std::vector<std::string>& excluded);

}  // namespace rarewood

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rarewood/feature/training_table.hpp"

namespace rarewood {

/// Columns of the keys file that tell which rows are active.
std::vector<std::string> active_columns();

/// Rows of sessions that showed a page within --active-within before the prediction point: part of
/// what is known then, and the harder part, since those who left are easy to tell.
struct ActiveRows {
  std::string description;              ///< "a page seen within the last 10min"
  std::vector<std::uint8_t> is_active;  ///< [rows]; empty for a table without keys or point
};

ActiveRows active_rows(const TrainingTable& table);

}  // namespace rarewood

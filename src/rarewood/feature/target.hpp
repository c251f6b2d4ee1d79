#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <arrow/type_fwd.h>

#include "rarewood/feature/schema.hpp"

namespace rarewood {

/// The target of every row.
struct Labels {
  Target target;
  std::vector<std::uint8_t> positive;  ///< [rows] 1 = the event
};

/// Read a target of exactly two values; they are kept as text in the order negative, positive.
///
/// \param values    booleans, numbers or text (plain or as codes)
/// \param positive  the value that is the event; "" = 1, true or yes
/// \param table     its name, for messages
/// \throws Error(data) if rows have no value (with their number), if there is one value or more
///         than two; Error(usage) if it is not clear which value is the event.
Labels read_target(const arrow::ChunkedArray& values, const std::string& name,
                   const std::string& positive, const std::string& table);

}  // namespace rarewood

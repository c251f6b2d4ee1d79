#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "rarewood/table/table_form.hpp"

namespace rarewood {

/// Positions in form.schema of what a request names, in its order; all where it names none.
/// \throws Error(data) for a column that is not there, with the nearest name.
std::vector<std::size_t> requested_columns(const TableForm& form, const TableRequest& request,
                                           const std::string& table);

/// "'x.csv' has no column 'colour'. Did you mean 'color'?"
[[noreturn]] void refuse_missing_column(const std::string& column,
                                        const std::vector<std::string>& present,
                                        const std::string& table);

/// About how many bytes these columns take in memory.
std::uint64_t memory_estimate(const TableForm& form, const std::vector<std::size_t>& columns);

}  // namespace rarewood

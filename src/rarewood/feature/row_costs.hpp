#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <arrow/type_fwd.h>

namespace rarewood {

/// A column of what a wrong decision about each row costs.
struct CostColumn {
  std::string name;            ///< "" = there is none
  std::vector<double> values;  ///< [rows]; NaN where missing
};

/// \throws Error(data) if the column holds no numbers
CostColumn read_cost_column(const arrow::ChunkedArray& values, const std::string& name,
                            const std::string& table);

/// What a wrong decision about each row costs, [rows]: on negative rows a false positive, on
/// positive ones a false negative; 0 where there is no column for the class. Values of rows of the
/// other class have no meaning and may be missing.
/// \param positive  [rows] 1 = positive class
/// \throws Error(data) for a cost that is missing, negative, infinite or above 1e12, with its row,
///         and if no row of the class costs anything
std::vector<double> costs_of_errors(const CostColumn& false_positive,
                                    const CostColumn& false_negative,
                                    const std::vector<std::uint8_t>& positive,
                                    const std::string& table);

}  // namespace rarewood

#include "rarewood/feature/row_weights.hpp"

#include <algorithm>
#include <cmath>

#include <arrow/chunked_array.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/feature/encode_column.hpp"

namespace rarewood {
namespace {

/// Sums of weights stay exact enough far beyond it, and no importance of a row is so large.
constexpr float kMostWeight = 1e12F;

}  // namespace

std::vector<float> read_row_weights(const arrow::ChunkedArray& values, const std::string& name,
                                    const std::string& table) {
  std::vector<float> weights;
  encode_column({.name = name}, values, {.table = table}, weights);
  const auto bad = std::find_if(weights.begin(), weights.end(), [](float weight) {
    return !(weight >= 0 && weight <= kMostWeight);  // also where it is missing
  });
  const std::string column = "The weight column '" + name + "' of '" + table + "'";
  if (bad != weights.end()) {
    const auto row = static_cast<std::uint64_t>(bad - weights.begin()) + 1;
    throw Error(ErrorKind::data,
                column +
                    (std::isnan(*bad) ? " has no value in row " + thousands(row)
                                      : " has " + shortest(static_cast<double>(*bad)) + " in row " +
                                            thousands(row)) +
                    ". Weights are numbers from 0 to 1e12; 0 leaves a row out of learning.");
  }
  if (std::all_of(weights.begin(), weights.end(), [](float weight) { return weight == 0; })) {
    throw Error(ErrorKind::data, column +
                                     " is 0 in every row: nothing is left to learn from. Give "
                                     "the rows that count a weight above 0.");
  }
  return weights;
}

}  // namespace rarewood

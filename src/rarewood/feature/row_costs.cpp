#include "rarewood/feature/row_costs.hpp"

#include <cmath>
#include <limits>

#include <arrow/array.h>
#include <arrow/chunked_array.h>
#include <arrow/type.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/feature/number_values.hpp"
#include "rarewood/table/table.hpp"

namespace rarewood {
namespace {

constexpr double kMostCost = 1e12;

std::string called(const std::string& column, const std::string& table) {
  return "The cost column '" + column + "' of '" + table + "'";
}

/// Into the rows of one class.
void take(const CostColumn& column, std::uint8_t of_class,
          const std::vector<std::uint8_t>& positive, const std::string& table,
          std::vector<double>& costs) {
  if (column.name.empty()) return;
  bool any = false;
  for (std::size_t row = 0; row < positive.size(); ++row) {
    if (positive[row] != of_class) continue;
    const double cost = column.values[row];
    if (!(cost >= 0 && cost <= kMostCost)) {
      throw Error(ErrorKind::data,
                  called(column.name, table) +
                      (std::isnan(cost) ? " has no value" : " has " + shortest(cost)) + " in row " +
                      thousands(row + 1) + ", which is " +
                      (of_class == 1 ? "positive" : "negative") +
                      ". Costs are numbers from 0 to 1e12; give that row one, or remove it.");
    }
    any = any || cost > 0;
    costs[row] = cost;
  }
  if (any) return;
  throw Error(ErrorKind::data, called(column.name, table) + " is 0 in every " +
                                   (of_class == 1 ? "positive" : "negative") +
                                   " row: such errors cost nothing, and nothing is left to "
                                   "choose. Name another column or give the cost as a number.");
}

}  // namespace

CostColumn read_cost_column(const arrow::ChunkedArray& values, const std::string& name,
                            const std::string& table) {
  CostColumn column{name, {}};
  column.values.reserve(static_cast<std::size_t>(values.length()));
  for (const auto& chunk : values.chunks()) {
    const auto add = [&](const auto* numbers) {
      for (std::int64_t row = 0; row < chunk->length(); ++row) {
        column.values.push_back(chunk->IsNull(row) ? std::numeric_limits<double>::quiet_NaN()
                                                   : static_cast<double>(numbers[row]));
      }
    };
    const bool numeric = is_number_type(*chunk->type()) && with_number_values(*chunk, add);
    if (!numeric && chunk->length() > 0) {
      throw Error(ErrorKind::data, called(name, table) + " is of type " +
                                       type_words(*chunk->type()) +
                                       ". Costs are numbers: name a column of numbers.");
    }
  }
  return column;
}

std::vector<double> costs_of_errors(const CostColumn& false_positive,
                                    const CostColumn& false_negative,
                                    const std::vector<std::uint8_t>& positive,
                                    const std::string& table) {
  if (false_positive.name.empty() && false_negative.name.empty()) return {};
  std::vector<double> costs(positive.size());
  take(false_positive, 0, positive, table, costs);
  take(false_negative, 1, positive, table, costs);
  return costs;
}

}  // namespace rarewood

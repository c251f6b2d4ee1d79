#include "rarewood/audit/by_column.hpp"

#include <utility>

#include "rarewood/base/parallel.hpp"

namespace rarewood {

std::vector<Finding> by_column(const Control& control, std::size_t columns,
                               const std::function<std::optional<Finding>(std::size_t)>& judge) {
  std::vector<std::optional<Finding>> found(columns);
  parallel_for(control, columns, [&](std::size_t f) { found[f] = judge(f); });
  std::vector<Finding> findings;
  for (std::optional<Finding>& each : found) {
    if (each) findings.push_back(std::move(*each));
  }
  return findings;
}

}  // namespace rarewood

#include "rarewood/workflow/active_slice.hpp"

#include "rarewood/feature/prediction_point.hpp"

namespace rarewood {

std::vector<std::string> active_columns() { return {"prediction_time", "last_page_time"}; }

ActiveRows active_rows(const TrainingTable& table) {
  const RowKeys* point = find_keys(table, "prediction_time");
  const RowKeys* last_page = find_keys(table, "last_page_time");
  const auto within = table.metadata.find("rarewood.active_within");
  if (point == nullptr || last_page == nullptr || within == table.metadata.end()) return {};
  const std::int64_t seconds = parse_duration("--active-within", within->second);
  ActiveRows rows{"a page seen within the last " + within->second, {}};
  rows.is_active.reserve(point->values.size());
  for (std::size_t row = 0; row < point->values.size(); ++row) {
    rows.is_active.push_back(last_page->values[row] > point->values[row] - seconds ? 1 : 0);
  }
  return rows;
}

}  // namespace rarewood

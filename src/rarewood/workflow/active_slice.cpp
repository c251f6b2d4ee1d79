#include "rarewood/workflow/active_slice.hpp"

#include "rarewood/feature/prediction_point.hpp"

namespace rarewood {
namespace {

const RowKeys* keys_named(const TrainingTable& table, const std::string& name) {
  for (const RowKeys& keys : table.keys) {
    if (keys.name == name) return &keys;
  }
  return nullptr;
}

}  // namespace

std::vector<std::string> active_columns() { return {"prediction_time", "last_page_time"}; }

ActiveRows active_rows(const TrainingTable& table) {
  const RowKeys* point = keys_named(table, "prediction_time");
  const RowKeys* last_page = keys_named(table, "last_page_time");
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

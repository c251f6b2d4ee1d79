#include "rarewood/session/column_maker.hpp"

#include "rarewood/base/error.hpp"
#include "rarewood/base/parallel.hpp"

namespace rarewood {

void check_built(const arrow::Status& status) {
  if (!status.ok()) throw Error(ErrorKind::external, status.message() + ". Free some memory.");
}

std::shared_ptr<arrow::Table> table_of(
    const std::vector<ColumnMaker>& makers, std::size_t rows, const Control& control,
    const std::shared_ptr<const arrow::KeyValueMetadata>& metadata) {
  std::vector<ArrayPtr> arrays(makers.size());
  parallel_for(control, makers.size(), [&](std::size_t c) { arrays[c] = makers[c].make(); });
  arrow::FieldVector fields;
  for (std::size_t c = 0; c < makers.size(); ++c) {
    fields.push_back(arrow::field(makers[c].name, arrays[c]->type()));
  }
  return arrow::Table::Make(arrow::schema(fields, metadata), arrays,
                            static_cast<std::int64_t>(rows));
}

}  // namespace rarewood

#include "rarewood/table/spelled_booleans.hpp"

#include <memory>

#include <arrow/array.h>
#include <arrow/builder.h>
#include <arrow/chunked_array.h>
#include <arrow/table.h>
#include <arrow/type.h>

#include "rarewood/table/arrow_result.hpp"

namespace rarewood {
namespace {

bool meaning_of(std::string_view word, const std::string& column) {
  if (word == "true" || word == "True" || word == "TRUE") return true;
  if (word == "false" || word == "False" || word == "FALSE") return false;
  throw Error(ErrorKind::data, "The column '" + column + "' has the value '" + std::string(word) +
                                   "', which is neither true nor false. Correct it.");
}

std::shared_ptr<arrow::Array> booleans_of(const arrow::StringArray& words,
                                          const std::string& column) {
  arrow::BooleanBuilder builder;
  require(builder.Reserve(words.length()), column);
  for (std::int64_t row = 0; row < words.length(); ++row) {
    if (words.IsNull(row)) {
      builder.UnsafeAppendNull();
    } else {
      builder.UnsafeAppend(meaning_of(words.GetView(row), column));
    }
  }
  return take(builder.Finish(), column);
}

}  // namespace

std::vector<std::string> spelled_booleans(const TableForm& form) {
  std::vector<std::string> names;
  if (form.format != TableFormat::text) return names;
  for (const auto& field : form.schema->fields()) {
    if (field->type()->id() == arrow::Type::BOOL) names.push_back(field->name());
  }
  return names;
}

std::shared_ptr<arrow::Table> with_booleans(std::shared_ptr<arrow::Table> rows,
                                            const std::vector<std::string>& columns) {
  for (const std::string& column : columns) {
    const int place = rows->schema()->GetFieldIndex(column);
    arrow::ArrayVector chunks;
    for (const auto& chunk : rows->column(place)->chunks()) {
      chunks.push_back(booleans_of(static_cast<const arrow::StringArray&>(*chunk), column));
    }
    const std::shared_ptr<arrow::DataType>& type = arrow::boolean();
    rows = take(rows->SetColumn(place, arrow::field(column, type),
                                std::make_shared<arrow::ChunkedArray>(std::move(chunks), type)),
                column);
  }
  return rows;
}

}  // namespace rarewood

#include "rarewood/table/table.hpp"

#include <string_view>
#include <utility>

#include <arrow/buffer.h>
#include <arrow/chunked_array.h>
#include <arrow/io/memory.h>
#include <arrow/record_batch.h>
#include <arrow/table.h>
#include <arrow/type.h>
#include <arrow/type_traits.h>

#include "rarewood/base/parallel.hpp"
#include "rarewood/table/arrow_result.hpp"
#include "rarewood/table/parquet_table.hpp"
#include "rarewood/table/plain_types.hpp"
#include "rarewood/table/table_columns.hpp"
#include "rarewood/table/text_table.hpp"

namespace rarewood {
namespace {

constexpr std::int64_t kFetchedWhole = 64 << 20;

bool ends_like_parquet(const std::string& name) {
  return name.ends_with(".parquet") || name.ends_with(".pq");
}

bool begins_like_parquet(const TableSource& source) {
  const auto start = take(source.file->ReadAt(0, 4), "Cannot read '" + source.name + "'");
  return std::string_view(*start) == "PAR1";
}

std::shared_ptr<arrow::Table> table_of(arrow::RecordBatchReader& reader) {
  arrow::RecordBatchVector batches;
  while (auto batch = next_batch(reader)) batches.push_back(std::move(batch));
  return take(arrow::Table::FromRecordBatches(reader.schema(), batches), "Cannot join batches",
              ErrorKind::bug);
}

std::shared_ptr<arrow::Table> read_parquet(const TableSource& source, const TableForm& form,
                                           const TableRequest& request, const Control& control) {
  const auto positions = requested_columns(form, request, source.name);
  arrow::ChunkedArrayVector columns(positions.size());
  for_each_column(source, form, request, control,
                  [&](std::size_t i, const auto& values) { columns[i] = values; });
  arrow::FieldVector fields;
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const auto& field = form.schema->field(static_cast<int>(positions[i]));
    fields.push_back(field->WithType(columns[i]->type()));
  }
  return arrow::Table::Make(arrow::schema(std::move(fields)), std::move(columns), form.rows);
}

}  // namespace

TableSource table_source(const ObjectStore& store, const std::string& key, const Control& control) {
  TableSource source{.name = store.uri(key), .file = store.open(key)};
  const std::string attempt = "Cannot read '" + source.name + "'";
  const std::int64_t size = take(source.file->GetSize(), attempt, ErrorKind::external);
  if (size > kFetchedWhole) return source;
  check_memory(control, "read " + source.name, static_cast<std::uint64_t>(size));
  const auto bytes = take(source.file->ReadAt(0, size), attempt, ErrorKind::external);
  source.file = std::make_shared<arrow::io::BufferReader>(bytes);
  return source;
}

TableForm table_form(const TableSource& source, const TableOptions& options,
                     const Control& control) {
  const bool parquet = begins_like_parquet(source) || ends_like_parquet(source.name);
  return parquet ? parquet_form(source) : text_form(source, options, control);
}

std::shared_ptr<arrow::RecordBatchReader> open_batches(const TableSource& source,
                                                       const TableForm& form,
                                                       const TableRequest& request,
                                                       const Control& control) {
  requested_columns(form, request, source.name);
  return form.format == TableFormat::parquet ? open_parquet(source, form, request, control)
                                             : open_text(source, form, request, control);
}

void for_each_column(const TableSource& source, const TableForm& form, const TableRequest& request,
                     const Control& control, const TakeColumn& body) {
  const auto positions = requested_columns(form, request, source.name);
  std::shared_ptr<arrow::Table> text;
  if (form.format == TableFormat::text) text = read_whole(source, form, request, control);
  parallel_for(control, positions.size(), [&](std::size_t i) {
    body(i, text ? text->column(static_cast<int>(i))
                 : read_parquet_column(source, form, positions[i], request.text_as_codes));
  });
}

std::shared_ptr<arrow::Table> read_whole(const TableSource& source, const TableForm& form,
                                         const TableRequest& request, const Control& control) {
  const auto columns = requested_columns(form, request, source.name);
  check_memory(control, "read " + source.name, memory_estimate(form, columns));
  if (form.format == TableFormat::parquet) return read_parquet(source, form, request, control);
  return table_of(*open_text(source, form, request, control));
}

std::shared_ptr<arrow::RecordBatchReader> open_table(const ObjectStore& store,
                                                     const std::string& key,
                                                     const TableOptions& options,
                                                     const Control& control) {
  const TableSource source = table_source(store, key, control);
  return open_batches(source, table_form(source, options, control), {}, control);
}

std::shared_ptr<arrow::Table> read_table(const ObjectStore& store, const std::string& key,
                                         const TableOptions& options,
                                         const std::vector<std::string>& columns,
                                         const Control& control) {
  const TableSource source = table_source(store, key, control);
  const TableForm form = table_form(source, options, control);
  return read_whole(source, form, {.columns = columns}, control);
}

std::map<std::string, std::string> table_metadata(const ObjectStore& store, const std::string& key,
                                                  const Control& control) {
  const TableSource source = table_source(store, key, control);
  return begins_like_parquet(source) ? parquet_form(source).metadata
                                     : std::map<std::string, std::string>{};
}

std::string type_words(const arrow::DataType& type) {
  switch (type.id()) {
    case arrow::Type::NA: return "no value";
    case arrow::Type::BOOL: return "boolean";
    case arrow::Type::FLOAT:
    case arrow::Type::DOUBLE: return "number";
    case arrow::Type::STRING:
    case arrow::Type::DICTIONARY: return "text";
    case arrow::Type::DATE32: return "date";
    case arrow::Type::TIMESTAMP:
      return static_cast<const arrow::TimestampType&>(type).timezone().empty()
                 ? "date and time"
                 : "date and time (UTC)";
    case arrow::Type::TIME32:
    case arrow::Type::TIME64: return "time of day";
    case arrow::Type::DURATION: return "duration";
    default: return arrow::is_integer(type.id()) ? "integer" : type.ToString();
  }
}

}  // namespace rarewood

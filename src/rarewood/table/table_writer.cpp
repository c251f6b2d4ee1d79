#include "rarewood/table/table_writer.hpp"

#include <utility>

#include <arrow/csv/writer.h>
#include <arrow/io/interfaces.h>
#include <arrow/ipc/writer.h>
#include <arrow/record_batch.h>
#include <arrow/table.h>
#include <arrow/type.h>
#include <arrow/util/key_value_metadata.h>
#include <parquet/arrow/writer.h>
#include <parquet/properties.h>

#include "rarewood/table/arrow_result.hpp"
#include "rarewood/table/plain_types.hpp"

namespace rarewood {
namespace {

constexpr std::int64_t kGroupRows = 128 << 10;

std::unique_ptr<parquet::arrow::FileWriter> parquet_writer(
    const arrow::Schema& schema, const std::shared_ptr<arrow::io::OutputStream>& stream,
    const std::string& attempt) {
  parquet::WriterProperties::Builder builder;
  builder.compression(arrow::Compression::SNAPPY)->max_row_group_length(kGroupRows);
  for (const auto& field : schema.fields()) {
    // Moments hardly ever repeat: a dictionary of them costs time and space.
    if (field->type()->id() != arrow::Type::TIMESTAMP) continue;
    builder.disable_dictionary(field->name())
        ->encoding(field->name(), parquet::Encoding::DELTA_BINARY_PACKED);
  }
  const auto properties = builder.build();
  // With Arrow's schema beside Parquet's, types that Parquet lacks (durations) come back, too.
  const auto arrow_properties = parquet::ArrowWriterProperties::Builder().store_schema()->build();
  return take(parquet::arrow::FileWriter::Open(schema, arrow::default_memory_pool(), stream,
                                               properties, arrow_properties),
              attempt, ErrorKind::external);
}

std::shared_ptr<arrow::ipc::RecordBatchWriter> text_writer(
    const std::shared_ptr<arrow::Schema>& schema,
    const std::shared_ptr<arrow::io::OutputStream>& stream, char separator,
    const std::string& attempt) {
  auto settings = arrow::csv::WriteOptions::Defaults();
  settings.delimiter = separator;
  settings.batch_size = 8192;
  settings.quoting_header = arrow::csv::QuotingStyle::Needed;
  return take(arrow::csv::MakeCSVWriter(stream, schema, settings), attempt, ErrorKind::external);
}

/// Text has no codes: dictionaries are written out as what they hold.
std::shared_ptr<arrow::Schema> plain_schema(const arrow::Schema& schema) {
  arrow::FieldVector fields;
  for (const auto& field : schema.fields()) {
    refuse_nested(field->name(), *field->type());
    fields.push_back(field->WithType(plain_type(field->type())));
  }
  return arrow::schema(std::move(fields), schema.metadata());
}

std::shared_ptr<arrow::Table> plain_table(const arrow::Table& table) {
  arrow::ChunkedArrayVector columns;
  for (int i = 0; i < table.num_columns(); ++i) {
    columns.push_back(plain_values(table.column(i), table.field(i)->name(), false));
  }
  return arrow::Table::Make(plain_schema(*table.schema()), std::move(columns), table.num_rows());
}

char separator_for(const std::string& key, const TableOptions& options) {
  const char asked_for = separator_of(options);
  if (asked_for != 0) return asked_for;
  return key.ends_with(".tsv") ? '\t' : ',';
}

}  // namespace

struct TableWriter::Sink {
  std::string attempt;
  std::shared_ptr<arrow::io::OutputStream> stream;  // outlives the writers, which end files in it
  std::unique_ptr<parquet::arrow::FileWriter> parquet;
  std::shared_ptr<arrow::ipc::RecordBatchWriter> text;

  void require_ok(const arrow::Status& status) { require(status, attempt, ErrorKind::external); }
};

TableWriter::TableWriter(ObjectStore& store, const std::string& key,
                         const std::shared_ptr<arrow::Schema>& schema, const TableOptions& options)
    : sink_(std::make_unique<Sink>()) {
  const bool parquet = key.ends_with(".parquet") || key.ends_with(".pq");
  const bool text = key.ends_with(".csv") || key.ends_with(".tsv");
  if (!parquet && !text) {
    throw Error(ErrorKind::usage, "'" + store.uri(key) +
                                      "' names no format: a table ends in .parquet, .csv or .tsv.");
  }
  sink_->attempt = "Cannot write '" + store.uri(key) + "'";
  const auto plain = plain_schema(*schema);
  sink_->stream = store.create(key);
  if (parquet) {
    sink_->parquet = parquet_writer(*plain, sink_->stream, sink_->attempt);
  } else {
    sink_->text = text_writer(plain, sink_->stream, separator_for(key, options), sink_->attempt);
  }
}

TableWriter::~TableWriter() = default;

void TableWriter::write(const arrow::Table& table) {
  const auto plain = plain_table(table);
  sink_->require_ok(sink_->parquet ? sink_->parquet->WriteTable(*plain, kGroupRows)
                                   : sink_->text->WriteTable(*plain));
}

void TableWriter::write(const arrow::RecordBatch& batch) {
  write(*take(arrow::Table::FromRecordBatches({batch.Slice(0)}), sink_->attempt, ErrorKind::bug));
}

void TableWriter::close() {
  sink_->require_ok(sink_->parquet ? sink_->parquet->Close() : sink_->text->Close());
  sink_->require_ok(sink_->stream->Close());
}

void write_table(ObjectStore& store, const std::string& key, const arrow::Table& table,
                 const TableOptions& options, const Control& control) {
  TableWriter writer(store, key, table.schema(), options);
  for (std::int64_t row = 0; row == 0 || row < table.num_rows(); row += kGroupRows) {
    check_stop(control);
    writer.write(*table.Slice(row, kGroupRows));
    report_progress(control, "write " + store.uri(key),
                    static_cast<double>(row) / static_cast<double>(table.num_rows() + 1));
  }
  writer.close();
}

std::shared_ptr<arrow::Schema> with_metadata(const arrow::Schema& schema,
                                             const std::map<std::string, std::string>& metadata) {
  const auto pairs = std::make_shared<arrow::KeyValueMetadata>();
  for (const auto& [key, value] : metadata) pairs->Append(key, value);
  return schema.WithMetadata(pairs);
}

}  // namespace rarewood

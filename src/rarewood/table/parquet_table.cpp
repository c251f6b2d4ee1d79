#include "rarewood/table/parquet_table.hpp"

#include <cstdint>
#include <numeric>
#include <string_view>
#include <utility>

#include <arrow/chunked_array.h>
#include <arrow/io/interfaces.h>
#include <arrow/record_batch.h>
#include <arrow/type.h>
#include <arrow/util/key_value_metadata.h>
#include <parquet/arrow/reader.h>
#include <parquet/arrow/schema.h>
#include <parquet/exception.h>
#include <parquet/file_reader.h>
#include <parquet/metadata.h>

#include "rarewood/store/arrow_status.hpp"
#include "rarewood/table/arrow_result.hpp"
#include "rarewood/table/plain_types.hpp"
#include "rarewood/table/table_columns.hpp"

namespace rarewood {
namespace {

constexpr std::int64_t kBatchRows = 128 << 10;

std::string attempt(const TableSource& source) {
  return "'" + source.name + "' is corrupt, write it again";
}

/// Parquet reports by Status in one half and by exception in the other.
template <typename Body>
auto guarded(const TableSource& source, Body body) {
  try {
    return body();
  } catch (const parquet::ParquetException& failure) {
    const auto* status = dynamic_cast<const parquet::ParquetStatusException*>(&failure);
    throw arrow_error(status ? status->status() : arrow::Status::Invalid(failure.what()),
                      attempt(source));
  }
}

void refuse_what_is_cut(const TableSource& source) {
  const std::int64_t size = take(source.file->GetSize(), attempt(source));
  if (size == 0) {
    throw Error(ErrorKind::data, "'" + source.name + "' is empty (0 bytes). Write it again.");
  }
  const auto bytes_at = [&](std::int64_t at) {
    return take(source.file->ReadAt(at, 4), attempt(source))->ToString();
  };
  if (size >= 12 && bytes_at(0) == "PAR1" && bytes_at(size - 4) == "PAR1") return;
  if (bytes_at(0) == "PAR1") {
    throw Error(
        ErrorKind::data,
        "'" + source.name + "' is cut off: a Parquet file without its end. Write it again.");
  }
  throw Error(ErrorKind::data, "'" + source.name +
                                   "' is no Parquet file, whatever its name says. Give a Parquet "
                                   "or CSV file.");
}

std::map<std::string, std::string> metadata_of(const parquet::FileMetaData& footer) {
  std::map<std::string, std::string> pairs;
  const auto& stored = footer.key_value_metadata();
  if (!stored) return pairs;
  for (std::int64_t i = 0; i < stored->size(); ++i) {
    const bool for_libraries = stored->key(i) == "ARROW:schema" || stored->key(i) == "pandas";
    if (!for_libraries) pairs.emplace(stored->key(i), stored->value(i));
  }
  return pairs;
}

std::unique_ptr<parquet::arrow::FileReader> open_file(const TableSource& source,
                                                      const TableForm& form, bool text_as_codes) {
  parquet::ArrowReaderProperties properties(/*use_threads=*/false);
  properties.set_batch_size(kBatchRows);
  const parquet::SchemaDescriptor& schema = *form.parquet->schema();
  for (int i = 0; text_as_codes && i < schema.num_columns(); ++i) {
    properties.set_read_dictionary(i, schema.Column(i)->logical_type()->is_string());
  }
  parquet::arrow::FileReaderBuilder builder;
  require(builder.Open(source.file, parquet::default_reader_properties(), form.parquet),
          attempt(source));
  builder.properties(properties);
  return take(builder.Build(), attempt(source));
}

/// Arrow's reader with values made plain and failures turned into Errors.
class ParquetBatches : public arrow::RecordBatchReader {
 public:
  ParquetBatches(TableSource source, const TableForm& form, const TableRequest& request,
                 std::stop_token stop)
      : source_(std::move(source)), stop_(std::move(stop)), text_as_codes_(request.text_as_codes) {
    guarded(source_, [&] {
      file_ = open_file(source_, form, text_as_codes_);
      std::vector<int> leaves;
      for (const std::size_t column : requested_columns(form, request, source_.name)) {
        const auto& leaf = file_->manifest().schema_fields[column];
        refuse_nested(leaf.field->name(), *leaf.field->type());
        leaves.push_back(leaf.column_index);
        fields_.push_back(form.schema->field(static_cast<int>(column)));
      }
      std::vector<int> groups(static_cast<std::size_t>(file_->num_row_groups()));
      std::iota(groups.begin(), groups.end(), 0);
      reader_ = take(file_->GetRecordBatchReader(groups, leaves), attempt(source_));
    });
    if (text_as_codes_) {
      for (auto& field : fields_) {
        if (field->type()->id() == arrow::Type::STRING) field = field->WithType(text_codes_type());
      }
    }
    schema_ = arrow::schema(fields_);
  }

  std::shared_ptr<arrow::Schema> schema() const override { return schema_; }

  arrow::Status ReadNext(std::shared_ptr<arrow::RecordBatch>* batch) override {
    try {
      check_stop(Control{.stop = stop_});
      *batch = guarded(source_, [&] { return take(reader_->Next(), attempt(source_)); });
      if (*batch) *batch = plain(**batch);
    } catch (const Error& error) {
      return status_of(error);
    }
    return arrow::Status::OK();
  }

 private:
  std::shared_ptr<arrow::RecordBatch> plain(const arrow::RecordBatch& batch) const {
    arrow::ArrayVector columns;
    for (int i = 0; i < batch.num_columns(); ++i) {
      auto values = std::make_shared<arrow::ChunkedArray>(batch.column(i));
      values = plain_values(values, fields_[static_cast<std::size_t>(i)]->name(), text_as_codes_);
      columns.push_back(values->chunk(0));
    }
    return arrow::RecordBatch::Make(schema_, batch.num_rows(), std::move(columns));
  }

  TableSource source_;
  std::stop_token stop_;
  bool text_as_codes_;
  arrow::FieldVector fields_;
  std::shared_ptr<arrow::Schema> schema_;
  std::unique_ptr<parquet::arrow::FileReader> file_;  // outlives its reader
  std::shared_ptr<arrow::RecordBatchReader> reader_;
};

}  // namespace

TableForm parquet_form(const TableSource& source) {
  refuse_what_is_cut(source);
  return guarded(source, [&] {
    TableForm form;
    form.parquet = parquet::ReadMetaData(source.file);
    form.rows = form.parquet->num_rows();
    form.metadata = metadata_of(*form.parquet);
    std::shared_ptr<arrow::Schema> stored;
    require(open_file(source, form, false)->GetSchema(&stored), attempt(source));
    arrow::FieldVector fields;
    for (const auto& field : stored->fields()) {
      fields.push_back(arrow::field(field->name(), plain_type(field->type())));
    }
    form.schema = arrow::schema(std::move(fields));
    refuse_equal_names(form.schema->field_names(), source.name);
    return form;
  });
}

std::shared_ptr<arrow::RecordBatchReader> open_parquet(const TableSource& source,
                                                       const TableForm& form,
                                                       const TableRequest& request,
                                                       const Control& control) {
  return std::make_shared<ParquetBatches>(source, form, request, control.stop);
}

std::shared_ptr<arrow::ChunkedArray> read_parquet_column(const TableSource& source,
                                                         const TableForm& form, std::size_t column,
                                                         bool text_as_codes) {
  const auto& field = *form.schema->field(static_cast<int>(column));
  refuse_nested(field.name(), *field.type());
  return guarded(source, [&] {
    std::shared_ptr<arrow::ChunkedArray> values;
    require(open_file(source, form, text_as_codes)->ReadColumn(static_cast<int>(column), &values),
            attempt(source));
    return plain_values(std::move(values), field.name(), text_as_codes);
  });
}

std::uint64_t parquet_column_bytes(const TableForm& form, const std::string& column) {
  const parquet::FileMetaData& footer = *form.parquet;
  std::uint64_t bytes = 0;
  for (int leaf = 0; leaf < footer.num_columns(); ++leaf) {
    if (footer.schema()->Column(leaf)->path()->ToDotString() != column) continue;
    for (int group = 0; group < footer.num_row_groups(); ++group) {
      const auto chunk = footer.RowGroup(group)->ColumnChunk(leaf);
      bytes += static_cast<std::uint64_t>(chunk->total_uncompressed_size());
    }
  }
  return bytes;
}

}  // namespace rarewood

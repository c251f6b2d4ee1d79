#include "rarewood/table/text_table.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include <arrow/array.h>
#include <arrow/csv/options.h>
#include <arrow/csv/reader.h>
#include <arrow/io/interfaces.h>
#include <arrow/record_batch.h>
#include <arrow/type.h>

#include "rarewood/base/parallel.hpp"
#include "rarewood/store/arrow_status.hpp"
#include "rarewood/table/arrow_result.hpp"
#include "rarewood/table/batch.hpp"
#include "rarewood/table/text_kinds.hpp"
#include "rarewood/table/text_stream.hpp"

namespace rarewood {
namespace {

constexpr std::int32_t kBlockBytes = 4 << 20;  // a record cannot be longer

struct CsvSettings {
  arrow::csv::ReadOptions read = arrow::csv::ReadOptions::Defaults();
  arrow::csv::ParseOptions parse = arrow::csv::ParseOptions::Defaults();
  arrow::csv::ConvertOptions convert = arrow::csv::ConvertOptions::Defaults();
};

/// Every column as text: what the types are found from.
CsvSettings settings_for(const TextDialect& dialect, const TableOptions& options) {
  CsvSettings settings;
  settings.read.block_size = kBlockBytes;
  settings.read.column_names = dialect.columns;
  settings.read.skip_rows = dialect.header_line - 1;
  settings.read.skip_rows_after_names = 1;  // the header itself, as its names are given
  settings.parse.delimiter = dialect.separator;
  settings.parse.newlines_in_values = true;
  settings.convert.default_column_type = arrow::utf8();
  settings.convert.null_values = options.null_words;
  settings.convert.null_values.emplace_back("");
  settings.convert.true_values = {"true", "True", "TRUE"};
  settings.convert.false_values = {"false", "False", "FALSE"};
  settings.convert.strings_can_be_null = true;
  settings.convert.decimal_point = options.decimal_point.front();
  return settings;
}

/// Arrow's reader with its failures turned into Errors.
class TextBatches : public arrow::RecordBatchReader {
 public:
  TextBatches(TableSource source, TextDialect dialect, const CsvSettings& settings,
              std::stop_token stop)
      : source_(std::move(source)), dialect_(std::move(dialect)), stop_(std::move(stop)) {
    auto reader =
        arrow::csv::StreamingReader::Make(arrow::io::default_io_context(), text_stream(source_),
                                          settings.read, settings.parse, settings.convert);
    if (!reader.ok()) throw text_fault(source_, dialect_, reader.status());
    reader_ = *std::move(reader);
  }

  std::shared_ptr<arrow::Schema> schema() const override { return reader_->schema(); }

  arrow::Status ReadNext(std::shared_ptr<arrow::RecordBatch>* batch) override {
    try {
      check_stop(Control{.stop = stop_});
      const arrow::Status status = reader_->ReadNext(batch);
      if (!status.ok()) throw text_fault(source_, dialect_, status);
    } catch (const Error& error) {
      return status_of(error);
    }
    return arrow::Status::OK();
  }

  std::uint64_t bytes_read() const { return static_cast<std::uint64_t>(reader_->bytes_read()); }

 private:
  TableSource source_;
  TextDialect dialect_;
  std::stop_token stop_;
  std::shared_ptr<arrow::csv::StreamingReader> reader_;
};

void see_values(const arrow::StringArray& values, KindFinder& finder) {
  for (std::int64_t row = 0; row < values.length(); ++row) {
    if (!values.IsNull(row)) finder.see(values.GetView(row));
  }
}

/// Arrow takes the end of the file for the end of an open quote. Then the last record holds lines,
/// which is rare enough to read everything once more.
void refuse_open_quote(const TableSource& source, const TextDialect& dialect,
                       const arrow::RecordBatch& last) {
  bool lines_within = false;
  for (const auto& column : last.columns()) {
    const auto& values = static_cast<const arrow::StringArray&>(*column);
    const auto value = values.GetView(values.length() - 1);
    lines_within = lines_within || value.find_first_of("\r\n") != std::string_view::npos;
  }
  if (!lines_within) return;
  const auto fault = find_fault(source, dialect);
  if (fault) throw Error(ErrorKind::data, "'" + source.name + "'" + *fault);
}

/// Look at every value once; fills rows, bytes and types.
void find_kinds(const TableSource& source, const Control& control, TableForm& form) {
  const auto& names = form.dialect.columns;
  std::vector<KindFinder> finders(names.size(), KindFinder(form.options.decimal_point.front()));
  TextBatches batches(source, form.dialect, settings_for(form.dialect, form.options), control.stop);
  const auto size = static_cast<double>(take(source.file->GetSize(), source.name));
  std::shared_ptr<arrow::RecordBatch> last;
  while (const auto batch = next_batch(batches)) {
    if (batch->num_rows() > 0) last = batch;
    parallel_for(control, names.size(), [&](std::size_t column) {
      const auto& values = *batch->column(static_cast<int>(column));
      see_values(static_cast<const arrow::StringArray&>(values), finders[column]);
    });
    form.rows += batch->num_rows();
    form.text_bytes = batches.bytes_read();
    report_progress(control, "look at columns",
                    std::min(1.0, static_cast<double>(form.text_bytes) / size));
  }
  if (last) refuse_open_quote(source, form.dialect, *last);

  arrow::FieldVector fields;
  for (std::size_t i = 0; i < names.size(); ++i) {
    fields.push_back(arrow::field(names[i], type_of(finders[i].kind())));
  }
  form.schema = arrow::schema(std::move(fields));
}

}  // namespace

TableForm text_form(const TableSource& source, const TableOptions& options,
                    const Control& control) {
  const TextHead head = read_head(source);
  TableForm form;
  form.format = TableFormat::text;
  form.options = options;
  form.dialect = find_dialect(head.bytes, head.whole, source.name, options);
  find_kinds(source, control, form);
  return form;
}

std::shared_ptr<arrow::RecordBatchReader> open_text(const TableSource& source,
                                                    const TableForm& form,
                                                    const TableRequest& request,
                                                    const Control& control) {
  CsvSettings settings = settings_for(form.dialect, form.options);
  settings.convert.include_columns = request.columns;
  for (const auto& field : form.schema->fields()) {
    settings.convert.column_types[field->name()] = field->type();
  }
  for (const std::string& name : request.as_text) {
    settings.convert.column_types[name] = arrow::utf8();
  }
  return std::make_shared<TextBatches>(source, form.dialect, settings, control.stop);
}

}  // namespace rarewood

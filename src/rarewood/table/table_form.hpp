#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <arrow/type_fwd.h>

#include "rarewood/table/table_options.hpp"
#include "rarewood/table/text_dialect.hpp"

namespace parquet {
class FileMetaData;
}  // namespace parquet

namespace rarewood {

enum class TableFormat { parquet, text };

/// What is known of a table before its values are read.
struct TableForm {
  TableFormat format = TableFormat::parquet;
  /// Flat columns of plain types: bool, integers, float32 and float64, utf8, date32, timestamps,
  /// times and durations, null; nested types as they are, refused when they are read.
  std::shared_ptr<arrow::Schema> schema;
  std::int64_t rows = 0;
  /// What the writer of a Parquet file said about it, by key; empty for text.
  std::map<std::string, std::string> metadata;

  std::shared_ptr<parquet::FileMetaData> parquet;  ///< of a Parquet file
  TextDialect dialect;                             ///< of a text table
  TableOptions options;                            ///< of a text table
  std::uint64_t text_bytes = 0;                    ///< of a text table, decompressed
};

/// Which part of a table is read, and how.
struct TableRequest {
  std::vector<std::string> columns;  ///< in this order; empty = all
  /// Columns of a text table whose words are kept as they are written ("TRUE", "01").
  std::vector<std::string> as_text;
  bool text_as_codes = false;  ///< text of a Parquet file as dictionary<int32, utf8>, if it can be
};

}  // namespace rarewood

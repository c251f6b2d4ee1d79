#pragma once

#include <map>
#include <memory>
#include <string>

#include <arrow/type_fwd.h>

#include "rarewood/base/control.hpp"
#include "rarewood/store/object_store.hpp"
#include "rarewood/table/table_options.hpp"

namespace rarewood {

/// Writes a table batch by batch. It appears whole when close() returns, or not at all: destroying
/// the writer before leaves the object as it was.
class TableWriter {
 public:
  /// \param key     its ending is the format: .parquet, .pq, .csv or .tsv
  /// \param schema  its metadata go into a Parquet file; text has no place for them
  /// \throws Error(usage) for another ending.
  TableWriter(ObjectStore& store, const std::string& key,
              const std::shared_ptr<arrow::Schema>& schema, const TableOptions& options);
  ~TableWriter();
  TableWriter(const TableWriter&) = delete;
  TableWriter& operator=(const TableWriter&) = delete;

  /// \throws Error(external) if the store refuses.
  void write(const arrow::RecordBatch& batch);
  void write(const arrow::Table& table);
  void close();

 private:
  struct Sink;
  std::unique_ptr<Sink> sink_;
};

/// A whole table in one call; stops in the middle, with nothing written, when `control` asks for
/// it.
void write_table(ObjectStore& store, const std::string& key, const arrow::Table& table,
                 const TableOptions& options, const Control& control);

/// `schema` with these pairs as its metadata, in place of what it has.
std::shared_ptr<arrow::Schema> with_metadata(const arrow::Schema& schema,
                                             const std::map<std::string, std::string>& metadata);

}  // namespace rarewood

#pragma once

#include <memory>
#include <string>

#include <arrow/type_fwd.h>

#include "rarewood/base/control.hpp"
#include "rarewood/store/object_store.hpp"
#include "rarewood/table/table_options.hpp"

namespace rarewood {

/// The three raw tables as streams, read once each.
struct RawTables {
  std::shared_ptr<arrow::RecordBatchReader> sessions;   ///< website_sessions
  std::shared_ptr<arrow::RecordBatchReader> pageviews;  ///< website_pageviews
  std::shared_ptr<arrow::RecordBatchReader> orders;     ///< orders
  bool simulated = false;  ///< a file says that it was made by `rarewood sample`
};

/// Open website_sessions, website_pageviews and orders below `prefix` ("raw-data"), each as
/// .parquet, .csv, .csv.gz, .tsv or .tsv.gz, the first that is there.
/// \throws Error(external) naming the table that is missing; Error(data) if what is made of them
/// would
///         exceed the memory limit.
RawTables open_raw_tables(const ObjectStore& store, const std::string& prefix,
                          const TableOptions& options, const Control& control);

}  // namespace rarewood

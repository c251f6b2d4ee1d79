#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <arrow/type_fwd.h>

#include "rarewood/base/control.hpp"
#include "rarewood/store/object_store.hpp"
#include "rarewood/table/batch.hpp"
#include "rarewood/table/table_form.hpp"
#include "rarewood/table/table_options.hpp"
#include "rarewood/table/table_source.hpp"

namespace rarewood {

/// Open an object as a table; small ones are fetched whole, so that later readings cost no
/// requests.
/// \throws Error(external) if it is missing or unreachable.
TableSource table_source(const ObjectStore& store, const std::string& key, const Control& control);

/// What a table is, before its values are read: Parquet from its footer, text from one reading of
/// all of it. The format is told by the first bytes; an ending may not contradict them.
/// \throws Error(data) in one sentence for whatever is no table.
TableForm table_form(const TableSource& source, const TableOptions& options,
                     const Control& control);

/// The values of a table, batch by batch, as plain types. Its Status carries an Error.
/// \throws Error(data) for a requested column that is missing or nested.
std::shared_ptr<arrow::RecordBatchReader> open_batches(const TableSource& source,
                                                       const TableForm& form,
                                                       const TableRequest& request,
                                                       const Control& control);

/// Takes a column; from several threads at once.
using TakeColumn = std::function<void(std::size_t, const std::shared_ptr<arrow::ChunkedArray>&)>;

/// Read column by column, several at once; each is handed over whole and then let go.
///
/// \param body  called with the position in `request.columns` (or in the schema, if it names none)
///              and the values
void for_each_column(const TableSource& source, const TableForm& form, const TableRequest& request,
                     const Control& control, const TakeColumn& body);

/// The requested columns in memory. \throws Error(data) if they do not fit the memory limit.
std::shared_ptr<arrow::Table> read_whole(const TableSource& source, const TableForm& form,
                                         const TableRequest& request, const Control& control);

/// The same in one step each, for an object of a store.
std::shared_ptr<arrow::RecordBatchReader> open_table(const ObjectStore& store,
                                                     const std::string& key,
                                                     const TableOptions& options,
                                                     const Control& control);
std::shared_ptr<arrow::Table> read_table(const ObjectStore& store, const std::string& key,
                                         const TableOptions& options,
                                         const std::vector<std::string>& columns,
                                         const Control& control);

/// What the writer of a Parquet file said about it, by key; empty for text.
std::map<std::string, std::string> table_metadata(const ObjectStore& store, const std::string& key,
                                                  const Control& control);

/// "integer", "number", "text", "date and time (UTC)": a column's type in words.
std::string type_words(const arrow::DataType& type);

}  // namespace rarewood

#pragma once

#include <memory>
#include <optional>
#include <string>

#include <arrow/io/type_fwd.h>
#include <arrow/type_fwd.h>

#include "rarewood/base/error.hpp"
#include "rarewood/table/table_source.hpp"
#include "rarewood/table/text_dialect.hpp"

namespace rarewood {

/// The text from its beginning, decompressed if it is gzip.
std::shared_ptr<arrow::io::InputStream> text_stream(const TableSource& source);

/// The first bytes of the text and whether they are all of it.
struct TextHead {
  std::string bytes;
  bool whole = false;
};
TextHead read_head(const TableSource& source);

/// Read a text once more, slowly, to say where it is wrong: the line of the first record of another
/// width, of a quote that is never closed, of bytes that are not UTF-8.
/// \returns ", line 4, has ...", or nothing if none of these is so
std::optional<std::string> find_fault(const TableSource& source, const TextDialect& dialect);

/// The fault found behind a status that is not OK, else the words of `status`.
Error text_fault(const TableSource& source, const TextDialect& dialect,
                 const arrow::Status& status);

}  // namespace rarewood

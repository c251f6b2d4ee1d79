#pragma once

#include <memory>
#include <string>

#include <arrow/type_fwd.h>

namespace rarewood {

/// \throws Error(data) if a column holds lists, structs or maps, naming it and its type.
void refuse_nested(const std::string& column, const arrow::DataType& type);

/// dictionary<int32, utf8>: text as codes.
std::shared_ptr<arrow::DataType> text_codes_type();

/// The type a column is given out as: text of all sorts and bytes as utf8, decimals as float64,
/// float16 as float32, date64 as date32, dictionaries as what they hold; others as they are.
std::shared_ptr<arrow::DataType> plain_type(const std::shared_ptr<arrow::DataType>& type);

/// What `values` become under plain_type.
/// \param text_as_codes  give out text as text_codes_type()
/// \throws Error(data) naming the column if it is nested, or bytes that are not UTF-8 text.
std::shared_ptr<arrow::ChunkedArray> plain_values(std::shared_ptr<arrow::ChunkedArray> values,
                                                  const std::string& column, bool text_as_codes);

}  // namespace rarewood

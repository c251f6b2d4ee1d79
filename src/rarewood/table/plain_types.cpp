#include "rarewood/table/plain_types.hpp"

#include <utility>

#include <arrow/chunked_array.h>
#include <arrow/compute/api_vector.h>
#include <arrow/compute/cast.h>
#include <arrow/compute/initialize.h>
#include <arrow/extension_type.h>
#include <arrow/type.h>
#include <arrow/type_traits.h>

#include "rarewood/table/arrow_result.hpp"

namespace rarewood {
namespace {

void start_kernels() {
  static const arrow::Status ready = arrow::compute::Initialize();
  require(ready, "Cannot start Arrow", ErrorKind::bug);
}

std::shared_ptr<arrow::ChunkedArray> cast(const std::shared_ptr<arrow::ChunkedArray>& values,
                                          const std::shared_ptr<arrow::DataType>& type,
                                          const std::string& column) {
  start_kernels();
  const auto result =
      take(arrow::compute::Cast(values, arrow::compute::CastOptions::Safe(type)),
           "The column '" + column + "' of type " + values->type()->ToString() +
               " cannot be read as " + type->ToString() + ", leave it out with --exclude");
  return result.chunked_array();
}

std::shared_ptr<arrow::ChunkedArray> without_extension(
    const std::shared_ptr<arrow::ChunkedArray>& values) {
  const auto& type = static_cast<const arrow::ExtensionType&>(*values->type());
  arrow::ArrayVector chunks;
  for (const auto& chunk : values->chunks()) {
    chunks.push_back(static_cast<const arrow::ExtensionArray&>(*chunk).storage());
  }
  return std::make_shared<arrow::ChunkedArray>(std::move(chunks), type.storage_type());
}

}  // namespace

void refuse_nested(const std::string& column, const arrow::DataType& type) {
  if (!arrow::is_nested(type.id())) return;
  throw Error(ErrorKind::data, "The column '" + column + "' is nested (" + type.ToString() +
                                   "). Leave it out with --exclude, or flatten it.");
}

std::shared_ptr<arrow::DataType> text_codes_type() {
  return arrow::dictionary(arrow::int32(), arrow::utf8());
}

std::shared_ptr<arrow::DataType> plain_type(const std::shared_ptr<arrow::DataType>& type) {
  switch (type->id()) {
    case arrow::Type::EXTENSION:
      return plain_type(static_cast<const arrow::ExtensionType&>(*type).storage_type());
    case arrow::Type::DICTIONARY:
      return plain_type(static_cast<const arrow::DictionaryType&>(*type).value_type());
    case arrow::Type::LARGE_STRING:
    case arrow::Type::STRING_VIEW:
    case arrow::Type::BINARY:
    case arrow::Type::LARGE_BINARY:
    case arrow::Type::BINARY_VIEW:
    case arrow::Type::FIXED_SIZE_BINARY: return arrow::utf8();
    case arrow::Type::DECIMAL32:
    case arrow::Type::DECIMAL64:
    case arrow::Type::DECIMAL128:
    case arrow::Type::DECIMAL256: return arrow::float64();
    case arrow::Type::HALF_FLOAT: return arrow::float32();
    case arrow::Type::DATE64: return arrow::date32();
    default: return type;
  }
}

std::shared_ptr<arrow::ChunkedArray> plain_values(std::shared_ptr<arrow::ChunkedArray> values,
                                                  const std::string& column, bool text_as_codes) {
  if (values->type()->id() == arrow::Type::EXTENSION) values = without_extension(values);
  refuse_nested(column, *values->type());
  if (text_as_codes && values->type()->Equals(*text_codes_type())) return values;
  const auto type = plain_type(values->type());
  // By way of text, as Arrow's own cast to double may be off in the last digit.
  if (arrow::is_decimal(values->type()->id())) values = cast(values, arrow::utf8(), column);
  if (!type->Equals(*values->type())) values = cast(values, type, column);
  if (!text_as_codes || type->id() != arrow::Type::STRING) return values;
  start_kernels();
  return take(arrow::compute::DictionaryEncode(values), "Cannot read the column '" + column + "'")
      .chunked_array();
}

}  // namespace rarewood

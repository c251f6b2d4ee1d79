#include "rarewood/feature/predictions_table.hpp"

#include <arrow/api.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/table/arrow_result.hpp"

namespace rarewood {
namespace {

constexpr const char* kAttempt = "Cannot add predictions";

template <typename Builder, typename Values>
std::shared_ptr<arrow::Array> array_of(const Values& values) {
  Builder builder;
  require(builder.Reserve(static_cast<std::int64_t>(values.size())), kAttempt);
  for (const auto& value : values) require(builder.Append(value), kAttempt);
  return take(builder.Finish(), kAttempt);
}

std::shared_ptr<arrow::Array> array_of_keys(const RowKeys& keys) {
  if (keys.texts.empty()) return array_of<arrow::Int64Builder>(keys.values);
  std::vector<std::string> texts;
  for (const std::int64_t place : keys.values) {
    texts.push_back(keys.texts[static_cast<std::size_t>(place)]);
  }
  return array_of<arrow::StringBuilder>(texts);
}

std::shared_ptr<arrow::Array> array_of_labels(const std::vector<std::uint8_t>& labels,
                                              const Target& target) {
  const auto negative = parse_int64(target.negative);
  const auto positive = parse_int64(target.positive);
  if (negative && positive) {
    std::vector<std::int64_t> numbers;
    for (const std::uint8_t label : labels) numbers.push_back(label != 0 ? *positive : *negative);
    return array_of<arrow::Int64Builder>(numbers);
  }
  std::vector<std::string> words;
  for (const std::uint8_t label : labels) {
    words.push_back(label != 0 ? target.positive : target.negative);
  }
  return array_of<arrow::StringBuilder>(words);
}

std::shared_ptr<arrow::Table> appended(const std::shared_ptr<arrow::Table>& table, int place,
                                       const std::string& name,
                                       const std::shared_ptr<arrow::Array>& values) {
  return take(table->AddColumn(place, arrow::field(name, values->type()),
                               std::make_shared<arrow::ChunkedArray>(values)),
              kAttempt);
}

}  // namespace

std::shared_ptr<arrow::Table> with_predictions(const arrow::Table& rows,
                                               const std::vector<RowKeys>& ids,
                                               const PredictedRows& predicted, const Target& target,
                                               const std::string& table) {
  for (const char* name : {"probability", "label"}) {
    if (rows.schema()->GetFieldIndex(name) >= 0) {
      throw Error(ErrorKind::data, "'" + table + "' already has a column '" + name +
                                       "'. Rename or drop it, so that scores have their own.");
    }
  }
  std::shared_ptr<arrow::Table> result = rows.Slice(0);
  int front = 0;
  for (const RowKeys& keys : ids) {
    if (rows.schema()->GetFieldIndex(keys.name) >= 0) continue;
    result = appended(result, front++, keys.name, array_of_keys(keys));
  }
  result = appended(result, result->num_columns(), "probability",
                    array_of<arrow::FloatBuilder>(predicted.probability));
  return appended(result, result->num_columns(), "label",
                  array_of_labels(predicted.labels, target));
}

}  // namespace rarewood

#pragma once

// Small tables written as JSON or CSV in tests; included by *_test.cpp files only.

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <arrow/array.h>
#include <arrow/buffer.h>
#include <arrow/chunked_array.h>
#include <arrow/io/memory.h>
#include <arrow/json/from_string.h>
#include <arrow/scalar.h>
#include <arrow/table.h>
#include <arrow/type.h>
#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"
#include "rarewood/store/local_store.hpp"
#include "rarewood/table/table_source.hpp"

namespace rarewood {

/// A column as name, type and one or more chunks, each a JSON list.
struct ColumnForTest {
  std::string name;
  std::shared_ptr<arrow::DataType> type;
  std::vector<std::string> chunks;
};

inline std::shared_ptr<arrow::Table> table_for_test(const std::vector<ColumnForTest>& columns) {
  arrow::FieldVector fields;
  arrow::ChunkedArrayVector values;
  for (const ColumnForTest& column : columns) {
    fields.push_back(arrow::field(column.name, column.type));
    arrow::ArrayVector chunks;
    for (const std::string& json : column.chunks) {
      chunks.push_back(arrow::json::ArrayFromJSONString(column.type, json).ValueOrDie());
    }
    values.push_back(std::make_shared<arrow::ChunkedArray>(std::move(chunks), column.type));
  }
  return arrow::Table::Make(arrow::schema(std::move(fields)), std::move(values));
}

/// Bytes as an opened table.
inline TableSource source_for_test(const std::string& bytes, const std::string& name = "t.csv") {
  return {.name = name,
          .file = std::make_shared<arrow::io::BufferReader>(arrow::Buffer::FromString(bytes))};
}

/// One column as text: "1, null, 3"
inline std::string values_text(const arrow::ChunkedArray& column) {
  std::string text;
  for (const auto& chunk : column.chunks()) {
    for (std::int64_t row = 0; row < chunk->length(); ++row) {
      text += (text.empty() ? "" : ", ") + chunk->GetScalar(row).ValueOrDie()->ToString();
    }
  }
  return text;
}

/// The sentence with which `body` refuses, after checking that it is one line of this kind.
template <typename Body>
std::string refusal_for_test(Body body, ErrorKind kind = ErrorKind::data) {
  try {
    body();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), kind) << error.what();
    const std::string sentence = error.what();
    EXPECT_EQ(sentence.find('\n'), std::string::npos) << sentence;
    return sentence;
  }
  ADD_FAILURE() << "nothing was refused";
  return "";
}

/// A local store in a folder of its own, gone after the test.
class StoreForTest : public testing::Test {
 protected:
  StoreForTest()
      : folder_(std::filesystem::path(testing::TempDir()) /
                ("rarewood-" +
                 std::string(testing::UnitTest::GetInstance()->current_test_info()->name()) + "-" +
                 std::to_string(testing::UnitTest::GetInstance()->random_seed()) + "-" +
                 std::to_string(reinterpret_cast<std::uintptr_t>(this)))),
        store(make_local_store(folder_, {})) {}
  ~StoreForTest() override { std::filesystem::remove_all(folder_); }

 private:
  std::filesystem::path folder_;

 protected:
  std::shared_ptr<ObjectStore> store;
};

}  // namespace rarewood

#include "rarewood/feature/target.hpp"

#include <string>

#include "rarewood/table/table_for_test.hpp"

namespace rarewood {
namespace {

Labels labels_of(const std::shared_ptr<arrow::DataType>& type,
                 const std::vector<std::string>& chunks, const std::string& positive = "") {
  const auto table = table_for_test({{"y", type, chunks}});
  return read_target(*table->column(0), "y", positive, "t.csv");
}

std::string refusal(const std::shared_ptr<arrow::DataType>& type,
                    const std::vector<std::string>& chunks, const std::string& positive = "",
                    ErrorKind kind = ErrorKind::data) {
  return refusal_for_test([&] { labels_of(type, chunks, positive); }, kind);
}

using Bytes = std::vector<std::uint8_t>;

TEST(Target, TypesAndOriginalLabels) {
  struct Case {
    std::shared_ptr<arrow::DataType> type;
    std::string json, negative, positive;
  };
  for (const Case& one : std::vector<Case>{
           {arrow::int64(), "[0, 1, 1]", "0", "1"},
           {arrow::int8(), "[2, 1, 1]", "2", "1"},
           {arrow::float64(), "[0.0, 1.0, 1.0]", "0", "1"},
           {arrow::boolean(), "[false, true, true]", "false", "true"},
           {arrow::utf8(), "[\"No\", \"Yes\", \"Yes\"]", "No", "Yes"},
           {arrow::utf8(), "[\"FALSE\", \"TRUE\", \"TRUE\"]", "FALSE", "TRUE"},
           {arrow::dictionary(arrow::int8(), arrow::utf8()), "[\"0\", \"1\", \"1\"]", "0", "1"}}) {
    const Labels labels = labels_of(one.type, {one.json});
    EXPECT_EQ(labels.target.negative, one.negative);
    EXPECT_EQ(labels.target.positive, one.positive);
    EXPECT_EQ(labels.positive, (Bytes{0, 1, 1}));
  }
}

TEST(Target, PositiveIsChosen) {
  EXPECT_EQ(labels_of(arrow::utf8(), {"[\"stay\", \"leave\"]"}, "leave").positive, (Bytes{0, 1}));
  EXPECT_EQ(labels_of(arrow::utf8(), {"[\"stay\", \"leave\"]"}, "STAY").positive, (Bytes{1, 0}));
  EXPECT_EQ(labels_of(arrow::int64(), {"[0, 1]"}, "0").positive, (Bytes{1, 0}));
  EXPECT_EQ(labels_of(arrow::float64(), {"[0.5, 1]"}, "0.50").positive, (Bytes{1, 0}));
}

TEST(Target, UnclearPositiveIsRefusedWithTheValues) {
  const auto sentence = [](const std::string& not_found) {
    return "The target 'y' of 't.csv' has the values 'leave' (1 rows) and 'stay' (2 rows)" +
           not_found + ". Say which one is the event: --positive VALUE.";
  };
  const std::vector<std::string> rows = {"[\"stay\", \"leave\", \"stay\"]"};
  EXPECT_EQ(refusal(arrow::utf8(), rows, "", ErrorKind::usage), sentence(""));
  EXPECT_EQ(refusal(arrow::utf8(), rows, "gone", ErrorKind::usage), sentence(", and not 'gone'"));
  refusal(arrow::utf8(), {"[\"1\", \"yes\"]"}, "", ErrorKind::usage);
}

TEST(Target, OtherThanTwoClassesIsRefused) {
  EXPECT_EQ(refusal(arrow::int64(), {"[3, 1, 2]"}),
            "The target 'y' of 't.csv' has more than two values ('1', '2' and '3'). rarewood "
            "predicts one of two: choose or make such a column.");
  EXPECT_NE(refusal(arrow::float64(), {"[1, 2, 3, 4, 5, 6, 7, 8]"}).find("and more"),
            std::string::npos);
  EXPECT_EQ(refusal(arrow::boolean(), {"[false, false]"}),
            "The target 'y' of 't.csv' is 'false' in all rows. Two classes are needed to learn "
            "from.");
}

TEST(Target, RowsWithoutTargetAreRefusedAndCounted) {
  EXPECT_EQ(refusal(arrow::int64(), {"[0, null]", "[1, null, 1]"}),
            "The target 'y' of 't.csv' has no value in 2 of 5 rows. Give them one, or remove those "
            "rows.");
  EXPECT_NE(refusal(arrow::float64(), {"[0, NaN, 1]"}).find("1 of 3 rows"), std::string::npos);
  EXPECT_NE(refusal(arrow::null(), {"[null]"}).find("1 of 1 rows"), std::string::npos);
}

}  // namespace
}  // namespace rarewood

#include "rarewood/workflow/test_part.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "rarewood/pattern/split.hpp"

namespace rarewood {
namespace {

/// Six rows of three users, of which one is tested.
struct Rows {
  TrainingTable table;
  CountedTable counted;
  TrainRequest request;

  explicit Rows(SplitKind kind) {
    table.labels = {0, 1, 0, 0, 1, 0};
    table.keys = {{"user_id", {1, 1, 2, 2, 3, 3}, {}}};
    counted.row_folds = {0, 0, kTestFold, kTestFold, 1, 1};
    request.split.split = kind;
    request.split.group_column = "user_id";
  }
  std::string name(const std::string& fingerprint = "abc") const {
    return name_of_test_part(table, counted, request, fingerprint);
  }
  void turn() {
    std::ranges::reverse(table.labels);
    std::ranges::reverse(table.keys.front().values);
    std::ranges::reverse(counted.row_folds);
  }
};

TEST(NameOfTestPart, IsOfTheRowsWhereTheyHavePlacesOfTheirOwn) {
  const Rows rows(SplitKind::group);
  const std::string name = rows.name();
  EXPECT_EQ(name.size(), 32U);
  EXPECT_EQ(rows.name("other columns"), name);
  Rows other = rows;
  other.request.seed = 7;
  other.request.split.folds = 3;
  other.counted.row_folds = {1, 1, kTestFold, kTestFold, 0, 0};
  EXPECT_EQ(other.name(), name) << "the same rows are held back";
  other.turn();
  EXPECT_EQ(other.name(), name);
  other.counted.row_folds = {kTestFold, kTestFold, 0, 0, 1, 1};
  EXPECT_NE(other.name(), name);
  other = rows;
  other.table.labels[2] = 1;
  EXPECT_NE(other.name(), name);
  other = rows;
  other.table.keys.front().values = {1, 1, 4, 4, 3, 3};
  EXPECT_NE(other.name(), name);
}

TEST(NameOfTestPart, GoesByPlacesInTheTableWhereTheseDecide) {
  const Rows rows(SplitKind::sklearn);
  Rows other = rows;
  EXPECT_EQ(other.name("other columns"), rows.name());
  other.turn();
  EXPECT_EQ(other.name(), rows.name()) << "rows 2 and 3 are negative either way";
  other.counted.row_folds = {kTestFold, kTestFold, 0, 0, 1, 1};
  EXPECT_NE(other.name(), rows.name());
}

TEST(NameOfTestPart, IsOfTheDrawWhereRowsAreCounted) {
  Rows rows(SplitKind::stratified);
  rows.counted.row_folds.clear();
  const std::string name = rows.name();
  EXPECT_EQ(name.size(), 32U);
  EXPECT_NE(rows.name("other columns"), name);
  rows.request.split.folds = 3;
  EXPECT_EQ(rows.name(), name);
  rows.request.split.test_size = 0.3;
  EXPECT_NE(rows.name(), name);
  rows.request.split.test_size = 0.2;
  rows.request.seed = 7;
  EXPECT_NE(rows.name(), name);
}

}  // namespace
}  // namespace rarewood

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <type_traits>

#include <gtest/gtest.h>

#include "rarewood/base/random.hpp"
#include "rarewood/pattern/count.hpp"
#include "rarewood/pattern/fingerprint.hpp"
#include "rarewood/pattern/parts.hpp"
#include "rarewood/pattern/ranks.hpp"
#include "rarewood/pattern/split.hpp"

namespace rarewood {
namespace {

constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();

FeatureSchema numbers(std::size_t features) {
  FeatureSchema schema;
  for (std::size_t f = 0; f < features; ++f) {
    schema.features.push_back({"x" + std::to_string(f), FeatureKind::number, {}});
  }
  return schema;
}

struct Rows {
  Columns columns;
  std::vector<std::uint8_t> positive;
};

Rows random_rows(std::size_t rows, std::size_t features, std::uint64_t levels, std::uint64_t seed) {
  Random random(seed, "rows");
  Rows made;
  made.columns.rows = rows;
  made.columns.values.assign(features, std::vector<float>(rows));
  for (auto& column : made.columns.values) {
    for (float& value : column) {
      value = levels == 0 ? static_cast<float>(random.uniform())
                          : static_cast<float>(random.below(levels)) - 1.5F;
      if (levels != 0 && random.below(10) == 0) value = kMissing;
    }
  }
  for (std::size_t i = 0; i < rows; ++i) made.positive.push_back(random.below(5) == 0);
  return made;
}

Rows shuffled(const Rows& rows, std::uint64_t seed) {
  std::vector<std::size_t> order(rows.columns.rows);
  std::iota(order.begin(), order.end(), std::size_t{0});
  Random random(seed, "shuffle");
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
  Rows result = rows;
  for (std::size_t i = 0; i < order.size(); ++i) {
    result.positive[i] = rows.positive[order[i]];
    for (std::size_t f = 0; f < rows.columns.values.size(); ++f) {
      result.columns.values[f][i] = rows.columns.values[f][order[i]];
    }
  }
  return result;
}

/// The obvious way: a map from whole rows to counts.
std::map<std::vector<std::uint32_t>, ClassTotals> counted_by_map(const Rows& rows) {
  std::map<std::vector<std::uint32_t>, ClassTotals> counts;
  for (std::size_t i = 0; i < rows.columns.rows; ++i) {
    std::vector<std::uint32_t> key;
    for (const auto& column : rows.columns.values) {
      const std::uint32_t bits = std::bit_cast<std::uint32_t>(column[i]);
      key.push_back(std::isnan(column[i])       ? 0xFFFFFFFF
                    : (bits & 0x80000000U) != 0 ? ~bits
                                                : bits | 0x80000000U);
    }
    ClassTotals& totals = counts[key];
    ++(rows.positive[i] != 0 ? totals.n1 : totals.n0);
  }
  return counts;
}

bool same_patterns(const Patterns& a, const Patterns& b) {
  return a.count == b.count &&
         std::equal(a.values.begin(), a.values.end(), b.values.begin(), b.values.end(),
                    [](float x, float y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

TEST(Count, agrees_with_a_map_on_few_and_many_levels) {
  for (const auto& [features, levels] :
       std::vector<std::pair<std::size_t, std::uint64_t>>{{3, 4}, {12, 2}, {40, 3}, {5, 2000}}) {
    const Rows rows = random_rows(3000, features, levels, features);
    const CellTable table =
        count_cells(rows.columns, numbers(features), rows.positive, {}, Control{});
    const auto expected = counted_by_map(rows);
    ASSERT_EQ(table.patterns->count, expected.size());
    std::size_t p = 0;
    for (const auto& [key, totals] : expected) {
      EXPECT_EQ(table.cells[p].n0, totals.n0);
      EXPECT_EQ(table.cells[p].n1, totals.n1);
      ++p;
    }
  }
}

TEST(Count, leaves_no_trace_of_row_order_or_threads) {
  for (const std::uint64_t levels : {0, 3, 500}) {
    Rows rows = random_rows(5000, 10, levels, 7);
    for (auto& column : rows.columns.values) column[1] = column[0];  // one pair of equal rows
    const Rows other = shuffled(rows, 9);
    Control two;
    two.threads = 2;
    const CellTable a = count_cells(rows.columns, numbers(10), rows.positive, {}, Control{});
    const CellTable b = count_cells(other.columns, numbers(10), other.positive, {}, two);
    EXPECT_TRUE(same_patterns(*a.patterns, *b.patterns));
    EXPECT_EQ(a.cells, b.cells);
  }
}

TEST(Fingerprint, knows_the_rows_but_not_their_order_or_folds) {
  const Rows rows = random_rows(500, 3, 4, 2);
  const FeatureSchema schema = numbers(3);
  const auto print_of = [&](const Rows& of, std::span<const std::uint32_t> folds) {
    return cells_fingerprint(count_cells(of.columns, schema, of.positive, folds, Control{}),
                             schema);
  };
  const std::string print = print_of(rows, {});
  std::vector<std::uint32_t> folds(500);
  for (std::uint32_t i = 0; i < folds.size(); ++i) folds[i] = i % 3;
  EXPECT_EQ(print.size(), 32U);
  EXPECT_EQ(print_of(shuffled(rows, 3), {}), print);
  EXPECT_EQ(print_of(rows, folds), print);
  Rows other = rows;
  other.positive[7] = 1 - other.positive[7];
  EXPECT_NE(print_of(other, {}), print);
  other = rows;
  other.columns.values[2][7] = 99;
  EXPECT_NE(print_of(other, {}), print);
}

TEST(Count, keeps_folds_apart) {
  const Rows rows = random_rows(1000, 2, 3, 1);
  std::vector<std::uint32_t> folds(1000);
  for (std::size_t i = 0; i < folds.size(); ++i) folds[i] = i % 4 == 3 ? kTestFold : i % 4;
  const CellTable table = count_cells(rows.columns, numbers(2), rows.positive, folds, Control{});
  EXPECT_TRUE(std::is_sorted(table.cells.begin(), table.cells.end(), [](auto& a, auto& b) {
    return std::pair(a.pattern, a.fold) < std::pair(b.pattern, b.fold);
  }));
  std::map<std::uint32_t, std::uint64_t> rows_of_fold;
  for (const Cell& cell : table.cells) rows_of_fold[cell.fold] += cell.n0 + cell.n1;
  EXPECT_EQ(rows_of_fold, (std::map<std::uint32_t, std::uint64_t>{
                              {0, 250}, {1, 250}, {2, 250}, {kTestFold, 250}}));
}

TEST(Split, has_the_sizes_scikit_learn_gives) {
  EXPECT_EQ(test_totals({440558, 32313}, 0.2), (ClassTotals{88112, 6463}));
  EXPECT_EQ(test_totals({91, 13}, 0.25), (ClassTotals{23, 3}));
  EXPECT_THROW(test_totals({100, 1}, 0.2), Error);
}

TEST(Split, draws_each_row_with_the_same_chance) {
  // one big cell and one of a single row: over many seeds the single row is tested 20 % of the time
  CellTable table;
  auto patterns = std::make_shared<Patterns>();
  patterns->count = 2;
  patterns->values = {0, 1};
  patterns->category_counts = {0};
  table.patterns = patterns;
  table.cells = {{0, 0, 499, 500}, {1, 0, 1, 0}};
  int tested = 0;
  for (std::uint64_t seed = 0; seed < 4000; ++seed) {
    const CellTable drawn = draw_test_part(table, 0.2, seed);
    ClassTotals test;
    for (const Cell& cell : drawn.cells) {
      if (cell.fold != kTestFold) continue;
      test.n0 += cell.n0;
      test.n1 += cell.n1;
      if (cell.pattern == 1) ++tested;
    }
    ASSERT_EQ(test, (ClassTotals{100, 100}));
  }
  EXPECT_NEAR(tested / 4000.0, 0.2, 0.025);  // four standard errors
}

TEST(Split, deals_folds_evenly_and_loses_no_row) {
  const Rows rows = random_rows(1003, 3, 3, 5);
  const CellTable counted = count_cells(rows.columns, numbers(3), rows.positive, {}, Control{});
  const CellTable tested = draw_test_part(counted, 0.2, 1);
  const CellTable dealt = draw_folds(tested, 5, 1);
  EXPECT_EQ(class_totals(dealt.cells), class_totals(counted.cells));
  const Split split = split_by_fold(dealt, 5);
  const ClassTotals train = split.train.totals();
  for (std::uint32_t k = 0; k < 5; ++k) {
    const auto [fit, check] = split.train.fold(k);
    EXPECT_EQ(fit.totals().n1 + check.totals().n1, train.n1);
    EXPECT_LE(check.totals().n1, train.n1 / 5 + 1);
    EXPECT_GE(check.totals().n1, train.n1 / 5);
  }
}

TEST(Split, keeps_the_side_of_a_key_when_rows_are_added) {
  std::vector<std::uint64_t> keys;
  for (std::int64_t id = 0; id < 20000; ++id) keys.push_back(key_of(id));
  const auto before = folds_by_key(std::span(keys).first(10000), 0.2, 5, 42);
  const auto after = folds_by_key(keys, 0.2, 5, 42);
  EXPECT_TRUE(std::equal(before.begin(), before.end(), after.begin()));
  const auto tested = std::count(after.begin(), after.end(), kTestFold);
  EXPECT_NEAR(static_cast<double>(tested) / 20000, 0.2, 0.012);
}

TEST(Split, by_time_tests_the_latest_rows) {
  const std::vector<std::int64_t> seconds{5, 1, 9, 3, 7, 9, 2, 4, 6, 8};
  const auto folds = folds_by_time(seconds, 0.2, 0);
  EXPECT_EQ(folds, (std::vector<std::uint32_t>{0, 0, kTestFold, 0, 0, kTestFold, 0, 0, 0, 0}));
}

TEST(Split, is_undone_by_joining_all_parts) {
  const CellTable table{nullptr,
                        {{0, 0, 2, 1},
                         {0, 3, 1, 0},
                         {0, kTestFold, 4, 2},
                         {1, 1, 0, 1, 2.5F},
                         {1, 2, 1, 1, 0.5F},
                         {1, 2, 1, 0, 2.5F}}};
  EXPECT_EQ(without_folds(table).cells,
            (std::vector<Cell>{{0, 0, 7, 3}, {1, 0, 1, 1, 0.5F}, {1, 0, 1, 1, 2.5F}}));
}

TEST(Split, by_time_leaves_out_rows_whose_outcome_was_not_known) {
  const std::vector<std::int64_t> seconds{5, 1, 9, 3, 7, 9, 2, 4, 6, 8};
  constexpr std::uint32_t kOut = kLeftOutFold;
  EXPECT_EQ(folds_by_time(seconds, 0.2, 2),  // an outcome of 7 is known at 9
            (std::vector<std::uint32_t>{0, 0, kTestFold, 0, 0, kTestFold, 0, 0, 0, kOut}));
  EXPECT_EQ(folds_by_time(seconds, 0.2, 3),
            (std::vector<std::uint32_t>{0, 0, kTestFold, 0, kOut, kTestFold, 0, 0, 0, kOut}));
  std::vector<Cell> cells{{0, 0, 2, 1}, {0, kLeftOutFold, 3, 1}, {1, kTestFold, 1, 1}};
  EXPECT_EQ(drop_left_out(cells), 4U);
  EXPECT_EQ(cells, (std::vector<Cell>{{0, 0, 2, 1}, {1, kTestFold, 1, 1}}));
}

// The rule against leaks holds at compile time: no part turns into another kind.
static_assert(!std::is_constructible_v<FitPart, CheckPart>);
static_assert(!std::is_constructible_v<FitPart, TestPart>);
static_assert(!std::is_constructible_v<TestPart, FitPart>);
static_assert(!std::is_convertible_v<CheckPart, FitPart>);
static_assert(!std::is_default_constructible_v<FitPart>);
template <typename Part>
concept CanBeSplit = requires(Part part) { part.fold(0U); };
static_assert(CanBeSplit<TrainPart> && !CanBeSplit<FitPart> && !CanBeSplit<TestPart>);

}  // namespace
}  // namespace rarewood

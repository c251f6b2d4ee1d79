#include "rarewood/resample/smote.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "rarewood/base/random.hpp"
#include "rarewood/pattern/count.hpp"
#include "rarewood/pattern/split.hpp"
#include "rarewood/resample/neighbors.hpp"

namespace rarewood {
namespace {

struct Table {
  Columns columns;
  std::vector<std::uint8_t> positive;
};

/// x0 continuous or of few values, x1 whole numbers, x2 boolean.
Table random_table(std::size_t rows, bool continuous, std::uint64_t seed) {
  Random random(seed, "table");
  Table table;
  table.columns.rows = rows;
  table.columns.values.assign(3, std::vector<float>(rows));
  for (std::size_t i = 0; i < rows; ++i) {
    table.columns.values[0][i] = continuous ? static_cast<float>(random.uniform())
                                            : static_cast<float>(random.below(3)) * 0.5F;
    table.columns.values[1][i] = static_cast<float>(random.below(continuous ? 20 : 2));
    table.columns.values[2][i] = static_cast<float>(random.below(2));
    table.positive.push_back(i % 10 == 0);
  }
  return table;
}

FitPart part_of(const Table& table) {
  FeatureSchema schema;
  schema.features = {{"x0", FeatureKind::number, {}},
                     {"x1", FeatureKind::number, {}},
                     {"x2", FeatureKind::boolean, {}}};
  const CellTable cells = count_cells(table.columns, schema, table.positive, {}, Control{});
  return split_by_fold(draw_folds(draw_test_part(cells, 0.2, 1), 2, 1), 2).train.all();
}

TEST(SmotePlan, counts_as_imbalanced_learn_does) {
  // 352,446 and 25,850 rows at 0.25: int(0.25 * 352446 - 25850) synthetic rows
  SmoteOptions options;
  options.sampling_strategy = 0.25;
  EXPECT_EQ(plan_smote({352446, 25850}, options).synthetic, 62261U);
  EXPECT_EQ(plan_smote({352446, 25850}, options).after(), (ClassTotals{352446, 88111}));
  options.sampling_strategy = 0.29;
  EXPECT_EQ(plan_smote({100, 10}, options).synthetic, 19U);
  options.sampling_strategy = 0.05;
  EXPECT_EQ(plan_smote({100, 10}, options).synthetic, 0U);
  EXPECT_THROW(check_smote({100, 10}, options), Error);
  options.sampling_strategy = 1;
  EXPECT_THROW(plan_smote({100, 5}, options), Error);
}

TEST(Smote, keeps_the_old_rows_and_adds_the_planned_ones) {
  const FitPart part = part_of(random_table(2000, true, 1));
  SmoteOptions options;
  options.sampling_strategy = 0.5;
  const Resampled result = smote(part, options, 7, Control{});
  EXPECT_EQ(result.part.totals(), plan_smote(part.totals(), options).after());
  const Patterns& after = result.part.patterns();
  const Patterns& before = part.patterns();
  for (const PatternCount& old : part.counts()) {
    const bool kept = std::any_of(
        result.part.counts().begin(), result.part.counts().end(), [&](const PatternCount& now) {
          for (std::size_t f = 0; f < 3; ++f) {
            if (after.value(now.pattern, f) != before.value(old.pattern, f)) return false;
          }
          return now.n0 == old.n0 && now.n1 >= old.n1;
        });
    ASSERT_TRUE(kept);
  }
}

TEST(Smote, keeps_types_whole_numbers_whole_and_booleans_boolean) {
  const FitPart part = part_of(random_table(2000, true, 2));
  SmoteOptions options;
  options.synthetic_types = SyntheticTypes::keep;
  const Resampled result = smote(part, options, 7, Control{});
  std::size_t between = 0;
  for (const PatternCount& count : result.part.counts()) {
    const Patterns& patterns = result.part.patterns();
    const float x0 = patterns.value(count.pattern, 0);
    const float x1 = patterns.value(count.pattern, 1);
    const float x2 = patterns.value(count.pattern, 2);
    EXPECT_TRUE(x0 >= 0 && x0 < 1);
    EXPECT_EQ(x1, std::round(x1));
    EXPECT_TRUE(x2 == 0 || x2 == 1);
    between += count.n1 > 0 ? 1 : 0;
  }
  EXPECT_GT(between, 1000U);  // 144 minority patterns before
}

TEST(Smote, interpolates_as_imbalanced_learn_does_by_default) {
  const FitPart part = part_of(random_table(2000, true, 2));
  const Resampled result = smote(part, SmoteOptions{}, 7, Control{});
  std::size_t fractional = 0;
  for (const PatternCount& count : result.part.counts()) {
    const float x1 = result.part.patterns().value(count.pattern, 1);
    const float x2 = result.part.patterns().value(count.pattern, 2);
    EXPECT_TRUE(x1 >= 0 && x1 <= 19);
    EXPECT_TRUE(x2 >= 0 && x2 <= 1);
    fractional += x1 != std::round(x1) ? 1 : 0;
  }
  EXPECT_GT(fractional, 100U);
}

TEST(Smote, makes_only_copies_where_every_row_has_more_than_k) {
  const FitPart part = part_of(random_table(4000, false, 3));
  const Resampled result = smote(part, SmoteOptions{}, 7, Control{});
  EXPECT_EQ(result.copies, result.synthetic);
  EXPECT_EQ(result.part.counts().size(), part.counts().size());
}

TEST(Smote, is_the_same_for_any_number_of_threads) {
  const FitPart part = part_of(random_table(3000, true, 4));
  Control control;
  const Resampled one = smote(part, SmoteOptions{}, 7, control);
  control.threads = 3;
  const Resampled three = smote(part, SmoteOptions{}, 7, control);
  EXPECT_EQ(one.part.counts(), three.part.counts());
  EXPECT_EQ(one.part.patterns().values, three.part.patterns().values);
  EXPECT_NE(smote(part, SmoteOptions{}, 8, control).part.patterns().values,
            one.part.patterns().values);
}

/// Neighbours found the obvious way: each row apart, ties shared.
std::vector<double> shares_row_by_row(const Patterns& patterns, const std::vector<RowGroup>& groups,
                                      std::uint32_t query, std::uint32_t k) {
  std::vector<std::pair<double, std::uint32_t>> rows;
  for (std::uint32_t g = 0; g < groups.size(); ++g) {
    double distance = 0;
    for (std::size_t f = 0; f < patterns.features(); ++f) {
      const double d =
          patterns.value(groups[g].pattern, f) - patterns.value(groups[query].pattern, f);
      distance += d * d;
    }
    for (std::uint32_t i = g == query ? 1 : 0; i < groups[g].rows; ++i) {
      rows.emplace_back(std::round(distance * 1e4), g);
    }
  }
  std::sort(rows.begin(), rows.end());
  const double limit = rows[k - 1].first;
  const auto nearer = static_cast<double>(
      std::count_if(rows.begin(), rows.end(), [&](auto& row) { return row.first < limit; }));
  const auto tied = static_cast<double>(
      std::count_if(rows.begin(), rows.end(), [&](auto& row) { return row.first == limit; }));
  std::vector<double> shares(groups.size(), 0);
  for (const auto& [distance, group] : rows) {
    if (distance < limit) shares[group] += 1;
    if (distance == limit) shares[group] += (k - nearer) / tied;
  }
  return shares;
}

TEST(Neighbors, agree_with_a_search_row_by_row_ties_shared) {
  Random random(9, "neighbours");
  for (int round = 0; round < 30; ++round) {
    Patterns patterns;
    patterns.count = 40;
    patterns.category_counts = {0, 0};
    for (int i = 0; i < 80; ++i) {
      patterns.values.push_back(static_cast<float>(random.below(6)));
    }
    std::vector<RowGroup> groups;
    std::vector<std::uint32_t> queries;
    for (std::uint32_t g = 0; g < 40; ++g) {
      groups.push_back({g, static_cast<std::uint32_t>(1 + random.below(3))});
      queries.push_back(g);
    }
    const auto found = nearest_neighbors(patterns, groups, queries, 5, Control{});
    for (std::uint32_t q = 0; q < 40; ++q) {
      std::vector<double> shares(groups.size(), 0);
      for (const NeighborShare& share : found[q]) shares[share.group] += share.share;
      const auto expected = shares_row_by_row(patterns, groups, q, 5);
      for (std::size_t g = 0; g < groups.size(); ++g) EXPECT_NEAR(shares[g], expected[g], 1e-9);
    }
  }
}

}  // namespace
}  // namespace rarewood

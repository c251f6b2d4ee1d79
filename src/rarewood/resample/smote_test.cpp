#include "rarewood/resample/smote.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "rarewood/resample/added_rows.hpp"
#include "rarewood/resample/smoten.hpp"
#include "rarewood/resample/synthetic_place.hpp"
#include "rarewood/resample/table_for_test.hpp"

namespace rarewood {
namespace {

constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();

Resampled smote(const FitPart& part, const SamplerOptions& options, int threads = 1) {
  Control control;
  control.threads = threads;
  return make_smote(options)->resample(part, 7, control);
}

TEST(Smote, keeps_the_old_rows_and_adds_the_planned_ones) {
  const FitPart part = part_of(random_table(2000, true, 1));
  SamplerOptions options;
  options.sampling_strategy = "0.5";
  const Resampled result = smote(part, options);
  EXPECT_EQ(result.part.totals(), make_smote(options)->plan(part).after);
  EXPECT_EQ(result.synthetic, 700U);
  const Patterns& after = result.part.patterns();
  for (const PatternCount& old : part.counts()) {
    const auto& counts = result.part.counts();
    const bool kept = std::any_of(counts.begin(), counts.end(), [&](const PatternCount& now) {
      for (std::size_t f = 0; f < 3; ++f) {
        if (after.value(now.pattern, f) != part.patterns().value(old.pattern, f)) return false;
      }
      return now.n0 == old.n0 && now.n1 >= old.n1;
    });
    ASSERT_TRUE(kept);
  }
}

TEST(Smote, leaves_its_patterns_sorted_and_distinct) {
  const Resampled result = smote(part_of(random_table(2000, true, 1)), {});
  const Patterns& p = result.part.patterns();
  for (std::uint32_t i = 1; i < p.count; ++i) {
    const auto row = [&](std::uint32_t r) {
      return std::array{p.value(r, 0), p.value(r, 1), p.value(r, 2)};
    };
    ASSERT_LT(row(i - 1), row(i));
    ASSERT_EQ(result.part.counts()[i].pattern, i);
  }
}

/// How many synthetic rows have a fraction in x1 and x2.
std::pair<std::size_t, std::size_t> fractions(SyntheticTypes types) {
  SamplerOptions options;
  options.synthetic_types = types;
  const Resampled result = smote(part_of(random_table(2000, true, 2)), options);
  std::pair<std::size_t, std::size_t> found;
  for (const PatternCount& count : result.part.counts()) {
    const float x1 = result.part.patterns().value(count.pattern, 1);
    const float x2 = result.part.patterns().value(count.pattern, 2);
    EXPECT_TRUE(x1 >= 0 && x1 <= 19 && x2 >= 0 && x2 <= 1);
    found.first += x1 != std::round(x1) ? 1 : 0;
    found.second += x2 != std::round(x2) ? 1 : 0;
  }
  return found;
}

TEST(Smote, gives_numbers_and_booleans_the_types_asked_for) {
  EXPECT_GT(fractions(SyntheticTypes::interpolate).first, 100U);
  EXPECT_GT(fractions(SyntheticTypes::interpolate).second, 50U);
  EXPECT_GT(fractions(SyntheticTypes::copy_booleans).first, 100U);
  EXPECT_EQ(fractions(SyntheticTypes::copy_booleans).second, 0U);
  EXPECT_EQ(fractions(SyntheticTypes::keep), (std::pair<std::size_t, std::size_t>{0, 0}));
}

TEST(Smote, makes_only_copies_where_every_row_has_more_than_k) {
  const FitPart part = part_of(random_table(4000, false, 3));
  const Resampled result = smote(part, {});
  EXPECT_EQ(result.copies, result.synthetic);
  EXPECT_EQ(result.part.counts().size(), part.counts().size());
}

TEST(Smote, is_the_same_for_any_number_of_threads) {
  const FitPart part = part_of(random_table(3000, true, 4));
  const Resampled one = smote(part, {});
  const Resampled three = smote(part, {}, 3);
  EXPECT_EQ(one.part.counts(), three.part.counts());
  EXPECT_EQ(one.part.patterns().values, three.part.patterns().values);
  EXPECT_NE(make_smote({})->resample(part, 8, Control{}).part.patterns().values,
            one.part.patterns().values);
}

TEST(Smote, needs_more_rows_than_neighbours) {
  TestTable table(1);
  for (int i = 0; i < 20; ++i) table.add({static_cast<float>(i)}, i < 5);
  EXPECT_THROW(smote(part_of(table), {}), Error);
  SamplerOptions options;
  options.k_neighbors = 4;
  EXPECT_EQ(smote(part_of(table), options).part.totals(), (ClassTotals{15, 15}));
}

TEST(Smote, takes_missing_values_from_a_parent) {
  TestTable table(2);
  for (int i = 0; i < 60; ++i) {
    table.add({static_cast<float>(i), i % 3 == 0 ? kMissing : static_cast<float>(i)}, i % 4 == 0);
  }
  const Resampled result = smote(part_of(table), {});
  EXPECT_EQ(result.part.totals(), (ClassTotals{45, 45}));
  std::size_t missing = 0;
  for (const PatternCount& count : result.part.counts()) {
    missing += std::isnan(result.part.patterns().value(count.pattern, 1)) ? count.n1 : 0;
  }
  EXPECT_GT(missing, 5U);
  EXPECT_LT(missing, 40U);
}

TEST(Smotenc, takes_the_most_frequent_category_of_the_neighbours) {
  // Each positive's two neighbours are of category 7, though the lone 3s are parents too.
  TestTable table(2);
  for (int i = 0; i < 40; ++i) {
    const auto at = static_cast<float>(100 * i);
    table.add({at, 3}, true);
    table.add({at + 1, 7}, true);
    table.add({at - 1, 7}, true);
  }
  for (int i = 0; i < 400; ++i) table.add({static_cast<float>(-i), 5}, false);
  SamplerOptions options;
  options.k_neighbors = 2;
  const FitPart part = part_of(table, true);
  const Resampled result = make_smotenc(options)->resample(part, 1, Control{});
  ClassTotals of_three;
  for (const PatternCount& count : result.part.counts()) {
    const float category = result.part.patterns().value(count.pattern, 1);
    EXPECT_TRUE(category == 3 || category == 5 || category == 7);
    if (category == 3) of_three.n1 += count.n1;
  }
  EXPECT_EQ(result.part.totals(), (ClassTotals{400, 400}));
  EXPECT_LT(of_three.n1, 170U) << "from rows whose neighbours are one 3 and one 7, by lot";
}

TEST(Smoten, votes_in_every_column_and_refuses_fractions) {
  Random random(1, "categories");
  TestTable table(2);
  for (int i = 0; i < 600; ++i) {
    table.add({static_cast<float>(random.below(5)), static_cast<float>(random.below(3))},
              random.below(6) == 0);
  }
  const FitPart part = part_of(table, true);
  const Resampled result = make_smoten({})->resample(part, 1, Control{});
  EXPECT_EQ(result.part.totals().n0, result.part.totals().n1);
  for (const PatternCount& count : result.part.counts()) {
    const float value = result.part.patterns().value(count.pattern, 0);
    EXPECT_EQ(value, std::round(value));
  }
  EXPECT_THROW(make_smoten({})->resample(part_of(random_table(500, true, 1)), 1, Control{}), Error);
}

TEST(SyntheticPlace, counts_rows_nearest_to_the_other_class_only) {
  // Positives at both ends, negatives in between: what lies between two positives is among them.
  TestTable table(1);
  for (int i = 0; i < 100; ++i) table.add({static_cast<float>(i)}, i == 0 || i == 99);
  SamplerOptions options;
  options.k_neighbors = 1;
  options.sampling_strategy = "counts:52";
  const FitPart part = part_of(table);
  const Resampled result = smote(part, options);
  const double share = share_among_majority(part, result.part, 1, Control{});
  EXPECT_GT(share, 0.9);
  EXPECT_LE(share, 1.0);
  const FitPart folded = part_of(random_table(4000, false, 3));
  EXPECT_EQ(share_among_majority(folded, smote(folded, {}).part, 1, Control{}), 0);
}

TEST(SyntheticPlace, keeps_to_the_memory_limit) {
  const FitPart part = part_of(random_table(1000, true, 3));
  const Resampled result = smote(part, {});
  Control narrow;
  narrow.memory_limit = part.counts().size() * 3 * sizeof(float);  // the rows' values alone
  EXPECT_THROW(share_among_majority(part, result.part, 1, narrow), Error);
}

TEST(AddedRows, refuses_more_rows_than_a_cell_can_count) {
  EXPECT_EQ(checked_count(4294967295U), 4294967295U);
  EXPECT_THROW(checked_count(4294967296U), Error);
}

}  // namespace
}  // namespace rarewood

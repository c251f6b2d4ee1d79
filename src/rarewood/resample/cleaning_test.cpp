#include "rarewood/resample/cleaning.hpp"

#include <array>
#include <cmath>
#include <map>
#include <tuple>

#include <gtest/gtest.h>

#include "rarewood/resample/adasyn.hpp"
#include "rarewood/resample/borderline_smote.hpp"
#include "rarewood/resample/carried_weights.hpp"
#include "rarewood/resample/random_sampling.hpp"
#include "rarewood/resample/resampler.hpp"
#include "rarewood/resample/smote.hpp"
#include "rarewood/resample/table_for_test.hpp"

namespace rarewood {
namespace {

/// Values that still have rows, with their counts.
std::vector<std::array<float, 3>> rows_left(const FitPart& part) {
  std::vector<std::array<float, 3>> left;
  for (const PatternCount& count : part.counts()) {
    left.push_back({part.patterns().value(count.pattern, 0), static_cast<float>(count.n0),
                    static_cast<float>(count.n1)});
  }
  return left;
}

TestTable line(const std::vector<std::pair<float, bool>>& points) {
  TestTable table(1);
  for (const auto& [at, positive] : points) table.add({at}, positive);
  return table;
}

TEST(TomekLinks, are_pairs_of_unlike_rows_nearest_to_each_other) {
  const FitPart part =
      part_of(line({{0, false}, {10, false}, {11, true}, {20, true}, {21.5, true}, {23.5, false}}));
  EXPECT_EQ(rows_left(without_tomek_links(part, {true, false}, 1, Control{})),
            (std::vector<std::array<float, 3>>{
                {0, 1, 0}, {11, 0, 1}, {20, 0, 1}, {21.5, 0, 1}, {23.5, 1, 0}}));
  EXPECT_EQ(without_tomek_links(part, {true, true}, 1, Control{}).totals(), (ClassTotals{2, 2}));
}

TEST(TomekLinks, join_the_two_copies_of_a_pattern_and_rarely_many) {
  TestTable table = line({{0, false}, {0, true}, {50, true}, {60, true}});
  for (int i = 0; i < 1000; ++i) table.add({100}, i < 10);
  const FitPart cleaned = without_tomek_links(part_of(table), {true, true}, 1, Control{});
  EXPECT_EQ(rows_left(cleaned).front()[0], 50) << "both rows at 0 are gone";
  EXPECT_LE(1004 - 2 - cleaned.totals().rows(), 4U);
}

TEST(EditedNeighbours, take_away_rows_outvoted) {
  const FitPart part = part_of(line({{0, false},
                                     {1, false},
                                     {2.1F, false},
                                     {3.3F, true},
                                     {4.6F, false},
                                     {6, true},
                                     {7.1F, true},
                                     {8.3F, true}}));
  // Neighbours of 4.6: 3.3 (1), 6 (1), 2.1 and 7.1 equally far only in decimals
  const FitPart by_mode = edited(part, {3, EditedKind::mode}, {true, false}, 1, Control{});
  EXPECT_EQ(by_mode.totals(), (ClassTotals{3, 4}));
  const FitPart by_all = edited(part, {3, EditedKind::all}, {true, false}, 1, Control{});
  EXPECT_EQ(rows_left(by_all).size(), 4U + 0U) << "each negative has a positive among three";
}

TEST(EditedNeighbours, let_copies_choose_their_neighbours_one_by_one) {
  TestTable table(1);
  for (int i = 0; i < 10000; ++i) table.add({0}, i < 100);
  for (int i = 0; i < 50; ++i) table.add({1000}, true);
  const FitPart cleaned = edited(part_of(table), {3, EditedKind::all}, {true, false}, 1, Control{});
  // A negative goes if one of its three neighbours, out of 9,999 copies, is one of 100 positives.
  EXPECT_NEAR(static_cast<double>(9900 - cleaned.totals().n0), 9900 * 0.0297, 60);
  EXPECT_EQ(cleaned.totals().n1, 150U);
}

/// The same rows, each class of a pattern over two weights.
FitPart weighted(const FitPart& part) {
  std::vector<PatternCount> counts;
  for (const PatternCount& all : part.counts()) {
    const std::uint32_t n0 = (all.n0 + 2) / 3;
    const std::uint32_t n1 = all.n0 == n0 ? 0 : all.n1;
    if (n0 + n1 > 0) counts.push_back({all.pattern, n0, n1, 0.5F});
    if (n0 + n1 < all.rows()) counts.push_back({all.pattern, all.n0 - n0, all.n1 - n1, 3});
  }
  return part.resampled(part.shared_patterns(), counts);
}

std::map<std::uint32_t, std::array<std::uint32_t, 2>> rows_by_pattern(const FitPart& part) {
  std::map<std::uint32_t, std::array<std::uint32_t, 2>> rows;
  for (const PatternCount& count : part.counts()) {
    rows[count.pattern][0] += count.n0;
    rows[count.pattern][1] += count.n1;
  }
  return rows;
}

TEST(Cleaning, takes_the_same_rows_whatever_their_weights) {
  SamplerOptions mode;
  mode.kind_sel = EditedKind::mode;
  for (const bool continuous : {false, true}) {
    const FitPart part = part_of(random_table(1000, continuous, 3));
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
      for (const auto& cleaner : {make_tomek_links({}), make_enn({}), make_enn(mode)}) {
        const Resampled plain = cleaner->resample(part, seed, Control{});
        const Resampled among_weights = cleaner->resample(weighted(part), seed, Control{});
        EXPECT_EQ(rows_by_pattern(among_weights.part), rows_by_pattern(plain.part));
      }
    }
  }
}

TEST(Cleaning, takes_rows_of_each_weight_in_proportion) {
  TestTable table(1);
  for (int i = 0; i < 1000; ++i) table.add({0}, i < 200);
  const FitPart part = part_of(table);
  const FitPart cut = part.resampled(
      part.shared_patterns(), {{0, 200, 0, 0.5F}, {0, 0, 200, 1}, {0, 400, 0, 2}, {0, 200, 0, 3}});
  const FitPart cleaned = edited(cut, {3, EditedKind::all}, {true, false}, 1, Control{});
  ASSERT_EQ(cleaned.counts().size(), 4U);
  // A negative stays if all three of its neighbours out of 999 are among the other 799.
  const double chance = 799.0 * 798 * 797 / (999.0 * 998 * 997);
  EXPECT_NEAR(cleaned.counts()[0].n0, 200 * chance, 30);
  EXPECT_EQ(cleaned.counts()[1].n1, 200U);
  EXPECT_NEAR(cleaned.counts()[2].n0, 400 * chance, 40);
  EXPECT_NEAR(cleaned.counts()[3].n0, 200 * chance, 30);
}

TEST(RandomSampling, changes_counts_only) {
  const FitPart part = part_of(random_table(4000, false, 3));
  SamplerOptions options;
  options.sampling_strategy = "0.5";
  const Resampled over = make_random_over(options)->resample(part, 1, Control{});
  EXPECT_EQ(over.part.totals(), (ClassTotals{3600, 1800}));
  EXPECT_EQ(over.part.counts().size(), part.counts().size());
  const Resampled under = make_random_under(options)->resample(part, 1, Control{});
  EXPECT_EQ(under.part.totals(), (ClassTotals{800, 400}));
  for (std::size_t i = 0; i < part.counts().size(); ++i) {
    EXPECT_EQ(over.part.counts()[i].n0, part.counts()[i].n0);
    EXPECT_LE(under.part.counts()[i].n0, part.counts()[i].n0);
    EXPECT_NEAR(under.part.counts()[i].n0 / 800.0, part.counts()[i].n0 / 3600.0, 0.06);
  }
}

TEST(BorderlineSmote, leans_on_rows_in_danger_only) {
  // Positives 0..9 are safe, 100 is noise, 50..54 stand among as many negatives.
  TestTable table(1);
  for (int i = 0; i < 10; ++i) table.add({static_cast<float>(i) * 0.1F}, true);
  for (int i = 0; i < 5; ++i) table.add({50 + static_cast<float>(i)}, true);
  for (int i = 0; i < 8; ++i) table.add({50.3F + static_cast<float>(i)}, false);
  table.add({100}, true);
  for (int i = 0; i < 30; ++i) table.add({100.5F + static_cast<float>(i)}, false);
  const FitPart part = part_of(table);
  SamplerOptions options;
  options.k_neighbors = 3;
  options.m_neighbors = 4;
  for (const BorderlineKind kind : {BorderlineKind::one, BorderlineKind::two}) {
    options.kind = kind;
    const Resampled result = make_borderline_smote(options)->resample(part, 1, Control{});
    EXPECT_EQ(result.part.totals(), (ClassTotals{38, 38}));
    for (const PatternCount& count : result.part.counts()) {
      const float at = result.part.patterns().value(count.pattern, 0);
      EXPECT_TRUE(at < 1 || (at >= 50 && at <= 58) || at >= 100) << at;
    }
  }
}

TEST(BorderlineSmote, says_when_no_row_is_in_danger) {
  TestTable table(1);
  for (int i = 0; i < 40; ++i)
    table.add({i < 12 ? 0.1F * static_cast<float>(i) : 900.0F + static_cast<float>(i)}, i < 12);
  const Resampled result = make_borderline_smote({})->resample(part_of(table), 1, Control{});
  EXPECT_EQ(result.synthetic, 0U);
  EXPECT_NE(result.note.find("in danger"), std::string::npos);
}

TEST(Adasyn, makes_more_rows_where_the_other_class_is_nearer) {
  TestTable table(1);
  for (int i = 0; i < 10; ++i) table.add({static_cast<float>(i) * 0.1F}, true);  // none near
  for (int i = 0; i < 10; ++i) table.add({50 + static_cast<float>(i)}, true);
  for (int i = 0; i < 40; ++i) table.add({50.25F + static_cast<float>(i) * 0.25F}, false);
  const FitPart part = part_of(table);
  const Resampled result = make_adasyn({})->resample(part, 1, Control{});
  std::uint64_t near = 0;
  for (const PatternCount& count : result.part.counts()) {
    if (result.part.patterns().value(count.pattern, 0) < 1) near += count.n1;
  }
  EXPECT_EQ(near, 10U) << "rows without neighbours of the other class get none";
  EXPECT_NEAR(static_cast<double>(result.synthetic), 20, 5);
}

Resampled adasyn(const FitPart& part, const std::string& strategy, const Control& control) {
  SamplerOptions options;
  options.sampling_strategy = strategy;
  return make_adasyn(options)->resample(part, 1, control);
}

TEST(Adasyn, says_why_it_makes_no_row) {
  // Every positive has the same chance of negatives near: 30 rows among 100 round to none.
  const FitPart equal = part_of(random_table(1000, false, 5));
  TestTable apart(1);
  for (int i = 0; i < 60; ++i) apart.add({static_cast<float>(i < 20 ? i : 900 + i)}, i < 20);
  const Resampled rounded = adasyn(equal, "counts:130", Control{});
  EXPECT_EQ(rounded.synthetic, 0U);
  EXPECT_EQ(rounded.note,
            "ADASYN rounds each row's share of the 30 synthetic rows, and all rounded to 0: no "
            "rows were added. A higher --sampling-strategy adds some.");
  const Resampled far = adasyn(part_of(apart), "1", Control{});
  EXPECT_EQ(far.synthetic, 0U);
  EXPECT_EQ(far.note,
            "No row of the rarer class has one of the other class among its neighbours: "
            "no rows were added.");
}

TEST(Adasyn, checks_the_rows_that_rounding_makes) {
  const FitPart part = part_of(random_table(1000, true, 5));
  SamplerOptions options;
  options.sampling_strategy = "counts:155";
  const SamplingPlan plan = make_adasyn(options)->plan(part);
  Control control;
  control.memory_limit = plan.memory;
  EXPECT_GT(adasyn(part, "counts:155", Control{}).synthetic, plan.synthetic);
  EXPECT_THROW(adasyn(part, "counts:155", control), Error);

  std::vector<PatternCount> counts{{0, 4'200'000'000, 3'000'000'000},
                                   {1, 4'200'000'000, 3'000'000'000}};
  const FitPart large = part.resampled(part.shared_patterns(), counts);
  EXPECT_THROW(adasyn(large, "counts:9600000000", Control{}), Error);  // 0.6 of a row each makes 1
}

TEST(Samplers, that_make_rows_make_the_same_whatever_the_weights) {
  for (const ResamplerEntry& entry : resamplers()) {
    if (!entry.synthesises) continue;
    TestTable table = random_table(1000, true, 5);
    for (auto& column : table.columns.values) {
      for (float& value : column) {
        if (entry.name == "smoten") value = std::round(value);  // it refuses fractions
      }
    }
    const FitPart plain = part_of(table);
    const FitPart with = weighted(plain);
    const Resampled of_plain = entry.make({})->resample(plain, 1, Control{});
    const Resampled of_weighted = entry.make({})->resample(with, 1, Control{});
    EXPECT_GT(of_plain.synthetic, 0U) << entry.name;
    EXPECT_EQ(of_weighted.synthetic, of_plain.synthetic) << entry.name;
    EXPECT_EQ(rows_by_pattern(of_weighted.part), rows_by_pattern(of_plain.part)) << entry.name;
    for (std::size_t i = 1; i < of_weighted.part.counts().size(); ++i) {
      const PatternCount& a = of_weighted.part.counts()[i - 1];
      const PatternCount& b = of_weighted.part.counts()[i];
      EXPECT_LT(std::tie(a.pattern, a.weight), std::tie(b.pattern, b.weight)) << entry.name;
    }
  }
}

TEST(Samplers, that_make_rows_let_them_weigh_the_mean_of_their_class) {
  const FitPart before = weighted(part_of(random_table(1000, true, 5)));
  const Resampled made = make_smote({})->resample(before, 1, Control{});
  const ClassWeightSums old = before.weight_sums();
  const ClassWeightSums now = made.part.weight_sums();
  const double mean = old.w1 / static_cast<double>(before.totals().n1);
  EXPECT_DOUBLE_EQ(now.w0, old.w0);
  EXPECT_NEAR(now.w1 - old.w1, mean * static_cast<double>(made.synthetic), 1e-3);
}

TEST(Samplers, that_lose_rows_are_noticed) {
  const FitPart before = weighted(part_of(random_table(200, true, 5)));
  Resampled made{without_weights(before)};
  std::vector<PatternCount> counts = made.part.counts();
  EXPECT_EQ(with_weights(before, made).part.totals(), before.totals());
  counts.erase(counts.begin() + 3);
  made.part = made.part.resampled(made.part.shared_patterns(), counts);
  EXPECT_THROW(with_weights(before, made), Error);
}

TEST(Samplers, that_make_rows_make_none_from_rows_of_weight_0) {
  TestTable table(1);
  for (int i = 0; i < 200; ++i) table.add({static_cast<float>(i)}, i < 20);
  const FitPart part = part_of(table);
  std::vector<PatternCount> counts = part.counts();
  for (PatternCount& count : counts) count.weight = count.pattern < 10 ? 0 : 1;
  const FitPart before = part.resampled(part.shared_patterns(), counts);
  const Resampled made = make_smote({})->resample(before, 1, Control{});
  EXPECT_GT(made.synthetic, 0U);
  for (const PatternCount& count : made.part.counts()) {
    EXPECT_GE(made.part.patterns().value(count.pattern, 0), 10);
  }
}

TEST(Samplers, are_the_same_for_any_number_of_threads_and_order_of_rows) {
  const TestTable table = random_table(600, true, 5);
  TestTable backwards(3);
  for (std::size_t i = table.columns.rows; i-- > 0;) {
    backwards.add(
        {table.columns.values[0][i], table.columns.values[1][i], table.columns.values[2][i]},
        table.positive[i] != 0);
  }
  for (const ResamplerEntry& entry : resamplers()) {
    if (entry.name == "smoten") continue;  // refuses fractions
    const auto resampler = entry.make({});
    const Resampled one = resampler->resample(part_of(table), 3, Control{});
    for (const int threads : {2, 3, 8}) {
      Control control;
      control.threads = threads;
      const Resampled other = resampler->resample(part_of(backwards), 3, control);
      EXPECT_EQ(one.part.counts(), other.part.counts()) << entry.name;
      EXPECT_EQ(one.part.patterns().values, other.part.patterns().values) << entry.name;
    }
  }
}

TEST(Samplers, keep_their_plan) {
  const FitPart part = part_of(random_table(2000, true, 5));
  for (const ResamplerEntry& entry : resamplers()) {
    if (entry.name == "smoten") continue;
    const auto resampler = entry.make({});
    const SamplingPlan plan = resampler->plan(part);
    const Resampled result = resampler->resample(part, 3, Control{});
    const bool exact = plan.after && !plan.about;
    EXPECT_TRUE(!exact || result.part.totals() == *plan.after) << entry.name;
    EXPECT_TRUE(plan.about || result.synthetic == plan.synthetic) << entry.name;
    Control narrow;
    narrow.memory_limit = plan.memory > 0 ? plan.memory / 2 : 1;
    if (plan.synthetic == 0 && plan.after) continue;  // counts only: nothing to run out of
    EXPECT_THROW(resampler->resample(part, 3, narrow), Error) << entry.name;
  }
}

/// Every sampler on a part; what it cannot do it refuses with an Error.
void try_all(const FitPart& part) {
  for (const ResamplerEntry& entry : resamplers()) {
    try {
      const Resampled result = entry.make({})->resample(part, 3, Control{});
      EXPECT_GT(result.part.totals().n0, 0U) << entry.name;
      EXPECT_GT(result.part.totals().n1, 0U) << entry.name;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::data) << entry.name;
    }
  }
}

TEST(Samplers, live_with_odd_tables) {
  TestTable equal(2);
  for (int i = 0; i < 120; ++i) equal.add({1, 1}, i < 20);
  try_all(part_of(equal));

  TestTable lone(1);
  for (int i = 0; i < 60; ++i) lone.add({static_cast<float>(i)}, i == 30);
  try_all(part_of(lone));

  Random random(4, "wide");
  TestTable wide(5000);
  for (int i = 0; i < 60; ++i) {
    std::vector<float> row;
    for (int f = 0; f < 5000; ++f) row.push_back(static_cast<float>(random.below(9)));
    wide.add(row, i < 12);
  }
  try_all(part_of(wide));

  TestTable huge(2);
  for (int i = 0; i < 200; ++i) {
    huge.add({i % 2 == 0 ? 3e38F : -3e38F, static_cast<float>(i)}, i < 20);
  }
  try_all(part_of(huge));
}

TEST(Samplers, count_to_the_edge_of_32_bits) {
  const FitPart small = part_of(random_table(200, false, 1));
  std::vector<PatternCount> counts = small.counts();
  for (PatternCount& count : counts) count = {count.pattern, 4'294'967'290U, 400'000'000U};
  try_all(small.resampled(small.shared_patterns(), counts));
}

TEST(Samplers, live_with_one_positive_in_ten_thousand) {
  Random random(4, "rare");
  TestTable table(3);
  for (int i = 0; i < 60'000; ++i) {
    table.add({static_cast<float>(random.below(40)), static_cast<float>(random.below(20)), 0},
              i < 6);
  }
  try_all(part_of(table));
}

}  // namespace
}  // namespace rarewood

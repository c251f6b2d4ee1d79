#include "rarewood/resample/neighbors.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "rarewood/base/random.hpp"
#include "rarewood/resample/screen.hpp"

namespace rarewood {
namespace {

constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();

/// Patterns of random values with one to three rows each, and all of them as search rows.
struct Case {
  Patterns patterns;
  std::vector<PatternCount> counts;
  SearchRows rows;

  Case(std::size_t count, std::size_t features, const std::function<float(Random&)>& value) {
    Random random(9, "neighbours");
    patterns.count = count;
    patterns.category_counts.assign(features, 0);
    if (features == 7) patterns.category_counts[2] = patterns.category_counts[5] = 9;
    for (std::size_t i = 0; i < count * features; ++i) {
      const float number = value(random);
      const bool code = patterns.category_counts[i / count] > 0 && !std::isnan(number);
      patterns.values.push_back(code ? static_cast<float>(random.below(9)) : number);
    }
    for (std::uint32_t p = 0; p < count; ++p) {
      counts.push_back({p, static_cast<std::uint32_t>(random.below(3)),
                        static_cast<std::uint32_t>(1 + random.below(2))});
    }
    rows = gather_rows(patterns, counts);
  }

  std::vector<std::uint32_t> all() const {
    std::vector<std::uint32_t> groups(counts.size());
    for (std::uint32_t g = 0; g < groups.size(); ++g) groups[g] = g;
    return groups;
  }

  /// (squared distance, group), each row apart, nearest first; without one row of the query.
  std::vector<std::pair<double, std::uint32_t>> row_by_row(std::uint32_t query) const {
    std::vector<std::pair<double, std::uint32_t>> found;
    for (std::uint32_t g = 0; g < counts.size(); ++g) {
      const double distance = squared_distance(rows, rows.row(query), rows.row(g));
      for (std::uint32_t i = g == query ? 1 : 0; i < counts[g].n0 + counts[g].n1; ++i) {
        found.emplace_back(distance, g);
      }
    }
    std::sort(found.begin(), found.end());
    return found;
  }
};

float continuous(Random& random) { return static_cast<float>(random.uniform()); }
float few_values(Random& random) { return static_cast<float>(random.below(4)); }
float heavy_tailed(Random& random) { return static_cast<float>(std::exp(9 * random.uniform())); }
float with_holes(Random& random) { return random.below(9) == 0 ? kMissing : continuous(random); }

/// Squared distances of most pairs pass what single precision can hold.
float huge(Random& random) { return static_cast<float>((random.uniform() - 0.5) * 6e38); }

/// Every row as near to one of the first rows as its fifth neighbour passes the screen.
void expect_none_lost(const Case& c, const ByteCodes& codes) {
  std::vector<const float*> queries;
  for (std::uint32_t q = 0; q < 20; ++q) queries.push_back(c.rows.row(q));
  BlockScreen screen(c.rows, codes, queries, 0);
  std::vector<double> limits;
  for (std::uint32_t q = 0; q < queries.size(); ++q) {
    limits.push_back(c.row_by_row(q)[4].first);
    screen.set_limit(q, limits[q]);
  }
  std::vector<ByteHit> pairs;
  while (screen.next(pairs)) {
  }
  std::set<std::pair<std::uint32_t, std::uint32_t>> passed;
  for (const ByteHit& pair : pairs) passed.emplace(pair.query, pair.row);
  for (std::uint32_t q = 0; q < queries.size(); ++q) {
    for (std::uint32_t g = 0; g < c.counts.size(); ++g) {
      if (squared_distance(c.rows, queries[q], c.rows.row(g)) > limits[q]) continue;
      EXPECT_TRUE(passed.contains({q, g})) << q << " " << g;
    }
  }
}

class Neighbors : public testing::TestWithParam<float (*)(Random&)> {};

TEST_P(Neighbors, are_the_rows_at_the_smallest_distances) {
  for (const std::size_t features : {1U, 2U, 7U}) {
    const Case c(2000, features, GetParam());
    std::vector<std::uint32_t> queries = c.all();
    queries.resize(50);
    const NearestRows found = nearest_rows(c.rows, c.counts, queries, {5, 1}, Control{});
    for (const std::uint32_t q : queries) {
      const auto expected = c.row_by_row(q);
      std::map<std::uint32_t, std::uint32_t> times;
      for (std::size_t i = 0; i < 5; ++i) {
        const std::uint32_t g = found.of(q)[i];
        EXPECT_EQ(squared_distance(c.rows, c.rows.row(q), c.rows.row(g)), expected[i].first);
        EXPECT_LE(++times[g], c.counts[g].n0 + c.counts[g].n1 - (g == q ? 1 : 0));
      }
      EXPECT_EQ(found.reach[q], expected[4].first);
    }
  }
}

TEST_P(Neighbors, are_tallied_by_class_ties_apart) {
  const Case c(3000, 2, GetParam());
  std::vector<RowQuery> queries;
  for (std::uint32_t g = 0; g < 50; ++g) queries.push_back({c.rows.row(g), g, true});
  const auto found = nearest_classes(c.rows, c.counts, queries, 7, Control{});
  for (std::uint32_t q = 0; q < queries.size(); ++q) {
    const auto expected = c.row_by_row(q);
    const double limit = expected[6].first;
    const auto nearer = static_cast<std::uint64_t>(std::count_if(
        expected.begin(), expected.end(), [&](const auto& row) { return row.first < limit; }));
    const auto tied = static_cast<std::uint64_t>(std::count_if(
        expected.begin(), expected.end(), [&](const auto& row) { return row.first == limit; }));
    EXPECT_EQ(found[q].nearer.rows(), nearer);
    EXPECT_EQ(found[q].tied.rows(), tied);
    EXPECT_EQ(found[q].places, 7 - nearer);
  }
}

TEST_P(Neighbors, pass_the_screen_by_bytes_and_the_one_by_floats) {
  for (const std::size_t features : {1U, 2U, 7U}) {
    const Case c(1500, features, GetParam());
    expect_none_lost(c, encode_rows(c.rows, Control{}));
    expect_none_lost(c, ByteCodes{});
  }
}

INSTANTIATE_TEST_SUITE_P(Values, Neighbors,
                         testing::Values(continuous, few_values, heavy_tailed, with_holes, huge));

TEST(Neighbors, break_ties_evenly_by_row) {
  // One row at 0; at distance 1 three patterns of 1, 2 and 7 rows.
  Patterns patterns{4, {0, -1, 1, 1, 0, 0, 0, 0}, {0, 0}};
  patterns.values = {0, -1, 1, 0, 0, 0, 0, 1};
  const std::vector<PatternCount> counts{{0, 1, 0}, {1, 1, 0}, {2, 2, 0}, {3, 7, 0}};
  const SearchRows rows = gather_rows(patterns, counts);
  std::vector<double> times(4, 0);
  constexpr std::uint64_t kDraws = 4000;
  for (std::uint64_t seed = 0; seed < kDraws; ++seed) {
    const NearestRows found =
        nearest_rows(rows, counts, std::vector<std::uint32_t>{0}, {4, seed * 7919}, Control{});
    for (const std::uint32_t group : found.of(0)) ++times[group];
  }
  // Each of the ten rows is among the four with a chance of 0.4.
  EXPECT_EQ(times[0], 0);
  EXPECT_NEAR(times[1] / kDraws, 0.4, 0.03);
  EXPECT_NEAR(times[2] / kDraws, 0.8, 0.05);
  EXPECT_NEAR(times[3] / kDraws, 2.8, 0.06);
}

TEST(Neighbors, do_not_depend_on_threads) {
  const Case c(700, 3, few_values);
  Control three;
  three.threads = 3;
  EXPECT_EQ(nearest_rows(c.rows, c.counts, c.all(), {5, 1}, Control{}).groups,
            nearest_rows(c.rows, c.counts, c.all(), {5, 1}, three).groups);
}

TEST(ClassTally, gives_the_hypergeometric_law_of_tied_rows) {
  ClassTally tally{{1, 0}, {2, 3}, 3};  // one negative sure, 3 of 2 negatives and 3 positives
  const std::vector<double> chances = tally.chances(true);
  ASSERT_EQ(chances.size(), 5U);
  EXPECT_NEAR(chances[0], 0, 1e-12);
  EXPECT_NEAR(chances[1], 0.3, 1e-12);
  EXPECT_NEAR(chances[2], 0.6, 1e-12);
  EXPECT_NEAR(chances[3], 0.1, 1e-12);
  EXPECT_NEAR(tally.expected(true), 1.8, 1e-12);
  EXPECT_NEAR(tally.expected(false), 2.2, 1e-12);
}

TEST(SearchRows, measures_missing_values_and_categories_by_the_median_deviation) {
  Patterns patterns{4, {}, {0, 0, 3}};
  patterns.values = {1000, 1002, 1000, kMissing, 0, 0, 10, 10, 0, 1, 1, 1};
  const std::vector<PatternCount> counts{{0, 1, 0}, {1, 1, 0}, {2, 2, 0}, {3, 1, 0}};
  const SearchRows rows = gather_rows(patterns, counts);
  // Deviations: of 1000, 1002, 1000, 1000 sqrt(0.75); of 0, 0, 10, 10, 10 sqrt(24)
  const double mismatch = std::pow((std::sqrt(0.75) + std::sqrt(24.0)) / 2, 2);
  EXPECT_NEAR(rows.mismatch, mismatch, 1e-9);
  EXPECT_NEAR(squared_distance(rows, rows.row(0), rows.row(1)), 4 + mismatch, 1e-9);
  EXPECT_NEAR(squared_distance(rows, rows.row(2), rows.row(3)), mismatch, 1e-9);
  EXPECT_NEAR(squared_distance(rows, rows.row(3), rows.row(3)), 0, 1e-9);
}

}  // namespace
}  // namespace rarewood

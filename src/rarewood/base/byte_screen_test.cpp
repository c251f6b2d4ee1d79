#include "rarewood/base/byte_screen.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "rarewood/base/random.hpp"

namespace rarewood {
namespace {

std::vector<std::uint8_t> random_bytes(std::size_t count, std::uint64_t seed) {
  Random random(seed, "bytes");
  std::vector<std::uint8_t> bytes(count);
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random.below(256));
  return bytes;
}

double squared_distance(const std::uint8_t* a, const std::uint8_t* b, std::size_t elements) {
  double sum = 0;
  for (std::size_t e = 0; e < elements; ++e) sum += (a[e] - b[e]) * (a[e] - b[e]);
  return sum;
}

class ByteScreen : public testing::TestWithParam<std::size_t> {};

TEST_P(ByteScreen, finds_the_pairs_within_the_limit_and_few_others) {
  const std::size_t elements = GetParam();
  const std::size_t rows = 150;
  const std::vector<std::uint8_t> a = random_bytes(rows * elements, 1);
  const std::vector<std::uint8_t> b = random_bytes(7 * elements, 2);
  const BytePanels panels = pack_rows(a, elements);
  ByteQueries queries = pack_queries(b, elements);
  const auto limit_of = [&](std::size_t q) {
    return q == 6 ? 1e300 : 1000.0 * static_cast<double>(elements * q);
  };
  for (std::size_t q = 0; q < 7; ++q) queries.set_limit(q, limit_of(q));
  std::vector<ByteHit> hits;
  screen_bytes(panels, 0, panels.padded_rows(), queries, hits);
  for (std::size_t q = 0; q < 7; ++q) {
    for (std::size_t r = 0; r < rows; ++r) {
      const double squared = squared_distance(&a[r * elements], &b[q * elements], elements);
      const bool hit = std::any_of(hits.begin(), hits.end(),
                                   [&](const ByteHit& h) { return h.query == q && h.row == r; });
      EXPECT_TRUE(hit || squared > limit_of(q)) << q << ' ' << r;
      EXPECT_TRUE(!hit || squared < limit_of(q) + 3) << q << ' ' << r;
    }
  }
  EXPECT_TRUE(std::all_of(hits.begin(), hits.end(),
                          [](const ByteHit& h) { return h.query < 7 && h.row < 150; }));
  std::vector<ByteHit> portably;
  screen_bytes_portably(panels, 0, panels.padded_rows(), queries, portably);
  const auto before = [](const ByteHit& x, const ByteHit& y) {
    return x.query != y.query ? x.query < y.query : x.row < y.row;
  };
  std::sort(hits.begin(), hits.end(), before);
  std::sort(portably.begin(), portably.end(), before);
  EXPECT_EQ(hits, portably);
}

INSTANTIATE_TEST_SUITE_P(Elements, ByteScreen, testing::Values(1, 4, 7, 28, 1000));

TEST(ByteScreenRange, begins_and_ends_where_it_is_told) {
  const std::vector<std::uint8_t> a(256, 9);
  const BytePanels panels = pack_rows(a, 1);
  ByteQueries queries = pack_queries(std::vector<std::uint8_t>{9}, 1);
  queries.set_limit(0, 0);
  std::vector<ByteHit> hits;
  screen_bytes(panels, 64, 192, queries, hits);
  ASSERT_EQ(hits.size(), 128U);
  const auto [least, most] = std::minmax_element(
      hits.begin(), hits.end(), [](const ByteHit& x, const ByteHit& y) { return x.row < y.row; });
  EXPECT_EQ(least->row, 64U);
  EXPECT_EQ(most->row, 191U);
}

}  // namespace
}  // namespace rarewood

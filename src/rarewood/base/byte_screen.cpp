// The squared distance of a query x and a row y is |x|^2 + |y|^2 - 2 x.y. With codes u of the row
// and v = code - 128 of the query, the dot product u.v is what one instruction (VPDPBUSD) adds up
// for sixteen rows at once. What depends on the row alone is where its sum starts, what depends on
// the query alone is in the threshold: one comparison then decides.

#include "rarewood/base/byte_screen.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace rarewood {
namespace {

constexpr std::int32_t kOutOfReach = -(1 << 30);  ///< start of rows that only pad

std::size_t padded(std::size_t count, std::size_t to) { return (count + to - 1) / to * to; }

void append_hits(std::uint64_t mask, std::size_t query, std::size_t row,
                 std::vector<ByteHit>& hits) {
  for (; mask != 0; mask &= mask - 1) {
    hits.push_back(
        {static_cast<std::uint32_t>(query),
         static_cast<std::uint32_t>(row + static_cast<unsigned>(std::countr_zero(mask)))});
  }
}

#if defined(__x86_64__)

#define RAREWOOD_FAST __attribute__((target("avx512f,avx512bw,avx512vnni")))
#define RAREWOOD_FAST_INLINE \
  __attribute__((always_inline, target("avx512f,avx512bw,avx512vnni"))) inline

/// One register for each of four panels. No array: compilers keep those in memory.
struct Four {
  __m512i a;
  __m512i b;
  __m512i c;
  __m512i d;
};

RAREWOOD_FAST_INLINE Four load_four(const void* from, std::size_t stride) {
  const auto* bytes = static_cast<const std::uint8_t*>(from);
  return {_mm512_loadu_si512(bytes), _mm512_loadu_si512(bytes + stride),
          _mm512_loadu_si512(bytes + 2 * stride), _mm512_loadu_si512(bytes + 3 * stride)};
}

/// The sums and the products of a group of one query with the values of four panels.
RAREWOOD_FAST_INLINE Four plus_products(Four sums, Four values, const std::int8_t* codes) {
  std::int32_t group = 0;
  std::memcpy(&group, codes, sizeof(group));
  const __m512i weights = _mm512_set1_epi32(group);
  return {_mm512_dpbusd_epi32(sums.a, values.a, weights),
          _mm512_dpbusd_epi32(sums.b, values.b, weights),
          _mm512_dpbusd_epi32(sums.c, values.c, weights),
          _mm512_dpbusd_epi32(sums.d, values.d, weights)};
}

RAREWOOD_FAST_INLINE std::uint64_t reaching(const Four& sums, std::int32_t threshold) {
  const __m512i least = _mm512_set1_epi32(threshold);
  return std::uint64_t{_mm512_cmpge_epi32_mask(sums.a, least)} |
         std::uint64_t{_mm512_cmpge_epi32_mask(sums.b, least)} << 16 |
         std::uint64_t{_mm512_cmpge_epi32_mask(sums.c, least)} << 32 |
         std::uint64_t{_mm512_cmpge_epi32_mask(sums.d, least)} << 48;
}

/// Four queries over four panels of sixteen rows, all sixteen sums in registers.
RAREWOOD_FAST void screen_tile(const BytePanels& rows, std::size_t at, const ByteQueries& queries,
                               std::size_t query, std::vector<ByteHit>& hits) {
  const std::size_t width = rows.groups * 4;
  const std::uint8_t* panels = rows.codes.data() + at * width;
  const std::int8_t* codes = queries.codes.data() + query * width;
  Four first = load_four(rows.start.data() + at, 64);
  Four second = first;
  Four third = first;
  Four fourth = first;
  for (std::size_t g = 0; g < rows.groups; ++g) {
    const Four values = load_four(panels + g * 64, rows.groups * 64);
    first = plus_products(first, values, codes + g * 4);
    second = plus_products(second, values, codes + width + g * 4);
    third = plus_products(third, values, codes + 2 * width + g * 4);
    fourth = plus_products(fourth, values, codes + 3 * width + g * 4);
  }
  append_hits(reaching(first, queries.threshold[query]), query, at, hits);
  append_hits(reaching(second, queries.threshold[query + 1]), query + 1, at, hits);
  append_hits(reaching(third, queries.threshold[query + 2]), query + 2, at, hits);
  append_hits(reaching(fourth, queries.threshold[query + 3]), query + 3, at, hits);
}

void screen_fast(const BytePanels& rows, std::size_t first, std::size_t last,
                 const ByteQueries& queries, std::vector<ByteHit>& hits) {
  for (std::size_t at = first; at < last; at += BytePanels::kRowsAtOnce) {
    for (std::size_t q = 0; q < queries.padded(); q += ByteQueries::kAtOnce) {
      screen_tile(rows, at, queries, q, hits);
    }
  }
}

#endif

}  // namespace

BytePanels pack_rows(std::span<const std::uint8_t> rows, std::size_t elements) {
  const std::size_t count = rows.size() / elements;
  BytePanels panels;
  panels.groups = (elements + 3) / 4;
  panels.start.assign(padded(count, BytePanels::kRowsAtOnce), kOutOfReach);
  panels.codes.assign(panels.start.size() * panels.groups * 4, 0);
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint8_t* row = rows.data() + i * elements;
    std::uint8_t* to =
        panels.codes.data() +
        ((i / BytePanels::kLanes) * panels.groups * BytePanels::kLanes + i % BytePanels::kLanes) *
            4;
    std::int32_t sum = 0;
    for (std::size_t e = 0; e < elements; ++e) {
      to[(e / 4) * BytePanels::kLanes * 4 + e % 4] = row[e];
      sum += row[e] * (row[e] - 256);
    }
    panels.start[i] = -(sum >> 1);  // -floor(sum / 2)
  }
  return panels;
}

ByteQueries pack_queries(std::span<const std::uint8_t> rows, std::size_t elements) {
  const std::size_t count = rows.size() / elements;
  const std::size_t width = padded(elements, 4);
  ByteQueries queries;
  queries.threshold.assign(padded(count, ByteQueries::kAtOnce),
                           std::numeric_limits<std::int32_t>::max());
  queries.codes.assign(queries.threshold.size() * width, 0);
  for (std::size_t i = 0; i < count; ++i) {
    std::int32_t norm = 0;
    for (std::size_t e = 0; e < elements; ++e) {
      const int code = rows[i * elements + e];
      queries.codes[i * width + e] = static_cast<std::int8_t>(code - 128);
      norm += code * code;
    }
    queries.norm.push_back(norm);
  }
  return queries;
}

void ByteQueries::set_limit(std::size_t query, double squared) {
  const double least = std::floor((norm[query] - squared) / 2);
  threshold[query] = least > kOutOfReach ? static_cast<std::int32_t>(least) : kOutOfReach + 1;
}

bool byte_screen_is_fast() {
#if defined(__x86_64__)
  static const bool fast = __builtin_cpu_supports("avx512f") != 0 &&
                           __builtin_cpu_supports("avx512bw") != 0 &&
                           __builtin_cpu_supports("avx512vnni") != 0;
  return fast;
#else
  return false;
#endif
}

void screen_bytes(const BytePanels& rows, std::size_t first, std::size_t last,
                  const ByteQueries& queries, std::vector<ByteHit>& hits) {
#if defined(__x86_64__)
  if (byte_screen_is_fast()) {
    screen_fast(rows, first, last, queries, hits);
    return;
  }
#endif
  screen_bytes_portably(rows, first, last, queries, hits);
}

void screen_bytes_portably(const BytePanels& rows, std::size_t first, std::size_t last,
                           const ByteQueries& queries, std::vector<ByteHit>& hits) {
  constexpr std::size_t kLanes = BytePanels::kLanes;
  const std::size_t width = rows.groups * 4;
  for (std::size_t at = first; at < last; at += kLanes) {
    const std::uint8_t* panel = rows.codes.data() + at * width;
    for (std::size_t q = 0; q < queries.padded(); ++q) {
      std::array<std::int32_t, kLanes> sum{};
      std::copy_n(rows.start.begin() + static_cast<std::ptrdiff_t>(at), kLanes, sum.begin());
      const std::int8_t* query = queries.codes.data() + q * width;
      for (std::size_t g = 0; g < rows.groups; ++g) {
        for (std::size_t i = 0; i < kLanes * 4; ++i) {
          sum[i / 4] += panel[g * kLanes * 4 + i] * query[g * 4 + i % 4];
        }
      }
      std::uint64_t mask = 0;
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        mask |= std::uint64_t{sum[lane] >= queries.threshold[q]} << lane;
      }
      append_hits(mask, q, at, hits);
    }
  }
}

}  // namespace rarewood

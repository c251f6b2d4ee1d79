#include "rarewood/resample/screen.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "rarewood/base/parallel.hpp"

namespace rarewood {
namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();

/// Whether a feature is a complete column of numbers, [features].
std::vector<bool> complete_numbers(const SearchRows& rows) {
  std::vector<bool> complete(rows.features);
  for (std::size_t f = 0; f < rows.features; ++f) complete[f] = rows.category[f] == 0;
  if (rows.plain) return complete;
  for (std::size_t i = 0; i < rows.count; ++i) {
    const float* row = rows.row(i);
    for (std::size_t f = 0; f < rows.features; ++f) {
      if (std::isnan(row[f])) complete[f] = false;
    }
  }
  return complete;
}

struct Extent {
  double lowest = 0;
  double highest = 0;
};

/// Where all but a hundredth of the values lie on either side, judged by some of the rows.
Extent usual_extent(const SearchRows& rows, std::size_t feature) {
  constexpr std::size_t kJudges = 2000;
  const std::size_t stride = std::max<std::size_t>(1, rows.count / kJudges);
  std::vector<float> values;
  for (std::size_t i = 0; i < rows.count; i += stride) {
    const float value = rows.row(i)[feature];
    if (!std::isnan(value)) values.push_back(value);
  }
  if (values.empty()) return {};
  const std::size_t out = values.size() / 100;
  const auto low = values.begin() + static_cast<std::ptrdiff_t>(out);
  const auto high = values.end() - 1 - static_cast<std::ptrdiff_t>(out);
  std::nth_element(values.begin(), low, values.end());
  const double lowest = *low;
  std::nth_element(values.begin(), high, values.end());
  return {lowest, *high};
}

bool all_whole(const SearchRows& rows, const std::vector<GridElement>& elements) {
  for (std::size_t i = 0; i < rows.count; ++i) {
    for (const GridElement& element : elements) {
      const float value = rows.row(i)[element.feature];
      if (element.side == 0 && value != std::floor(value) && !std::isnan(value)) return false;
    }
  }
  return true;
}

/// Which of the four corners a category stands at; its codes are small whole numbers.
std::uint32_t corner_of(float category) {
  return std::isnan(category) ? 3U : static_cast<std::uint32_t>(category) & 3U;
}

/// The nearest point on the grid. \return the distance of the row, moved onto the grid's edge where
/// it lies outside, from that point
double encode_row(const ByteCodes& codes, const float* row, std::uint8_t* to) {
  double squared = 0;
  for (std::size_t i = 0; i < codes.elements.size(); ++i) {
    const GridElement& element = codes.elements[i];
    const float value = row[element.feature];
    double place = 128;
    if (element.side != 0) {
      place += (element.side >> corner_of(value) & 1) != 0 ? element.reach : -element.reach;
    } else if (!std::isnan(value)) {
      place = std::clamp((value - element.lowest) / codes.step, 128 - element.reach,
                         128 + element.reach);
    }
    const double half_up = place + 0.5;
    to[i] = static_cast<std::uint8_t>(half_up);
    squared += (place - to[i]) * (place - to[i]);
  }
  return std::sqrt(squared) * codes.step;
}

// Squared differences summed feature by feature over contiguous rows: vector code on any machine.

void add_numbers(const float* column, float at, std::vector<float>& sums) {
  for (std::size_t i = 0; i < sums.size(); ++i) {
    const float difference = column[i] - at;
    sums[i] += difference * difference;
  }
}

void add_unlike(const float* column, float at, float mismatch, std::vector<float>& sums) {
  if (std::isnan(at)) {
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += std::isnan(column[i]) ? 0 : mismatch;
    return;
  }
  for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += column[i] == at ? 0 : mismatch;
}

void add_incomplete(const float* column, float at, float mismatch, std::vector<float>& sums) {
  for (std::size_t i = 0; i < sums.size(); ++i) {
    const float difference = column[i] - at;
    const float squared = difference * difference;
    sums[i] += std::isnan(squared) ? mismatch : squared;
  }
}

}  // namespace

namespace {

/// The grid's cells and where each feature lies on it.
ByteCodes make_grid(const SearchRows& rows, const Control& control) {
  constexpr double kMargin = 1.5;  // of the grid over the usual extent of the widest feature
  ByteCodes codes;
  const std::vector<bool> complete = complete_numbers(rows);
  std::vector<Extent> extents(rows.features);
  parallel_for(control, rows.features, [&](std::size_t f) {
    if (rows.category[f] == 0) extents[f] = usual_extent(rows, f);
  });
  for (const Extent& extent : extents) {
    codes.step = std::max(codes.step, kMargin * (extent.highest - extent.lowest) / 254);
  }
  const double mismatch = std::sqrt(rows.mismatch);
  if (!(codes.step > 0)) codes.step = mismatch / 128;
  for (std::size_t f = 0; f < rows.features; ++f) {
    if (rows.category[f] == 0) codes.elements.push_back({f, 0, 127, complete[f]});
  }
  if (codes.step <= 1 && all_whole(rows, codes.elements)) {
    codes.step = std::exp2(std::ceil(std::log2(codes.step)));  // whole numbers lie on the grid
  }
  for (GridElement& element : codes.elements) {
    const Extent& extent = extents[element.feature];
    const double middle = std::round((extent.lowest + extent.highest) / 2 / codes.step);
    element.lowest = (middle - 128) * codes.step;
    if (!element.complete) element.reach = std::min(127.0, mismatch / codes.step);
  }
  // Corners (0,0,0), (1,1,0), (1,0,1), (0,1,1) of a cube are sqrt(2) apart, each from each.
  const double reach = std::min(127.0, std::floor(mismatch / std::sqrt(8.0) / codes.step));
  for (std::size_t f = 0; f < rows.features; ++f) {
    if (rows.category[f] == 0 || reach == 0) continue;
    for (const std::uint32_t side : {0b0110U, 0b1010U, 0b1100U}) {
      codes.elements.push_back({f, 0, reach, false, side});
    }
  }
  return codes;
}

}  // namespace

ByteCodes encode_rows(const SearchRows& rows, const Control& control) {
  if (3 * rows.features > BytePanels::kMostElements) return {};
  ByteCodes codes = make_grid(rows, control);
  const std::size_t elements = codes.elements.size();
  if (elements == 0) return codes;
  std::vector<std::uint8_t> bytes(rows.count * elements);
  constexpr std::size_t kBlock = 4096;
  std::vector<double> rounding((rows.count + kBlock - 1) / kBlock, 0.0);
  parallel_for(control, rounding.size(), [&](std::size_t block) {
    for (std::size_t i = block * kBlock; i < std::min(rows.count, (block + 1) * kBlock); ++i) {
      rounding[block] =
          std::max(rounding[block], encode_row(codes, rows.row(i), &bytes[i * elements]));
    }
  });
  codes.rounding = *std::max_element(rounding.begin(), rounding.end());
  codes.panels = pack_rows(bytes, elements);
  return codes;
}

BlockScreen::BlockScreen(const SearchRows& rows, const ByteCodes& codes,
                         std::span<const float* const> queries, std::size_t begin)
    : rows_(rows),
      codes_(codes),
      queries_(queries),
      limits_(queries.size(), kInfinite),
      begin_(begin / BytePanels::kRowsAtOnce * BytePanels::kRowsAtOnce),
      by_bytes_(!codes.elements.empty()) {
  for (const float* query : queries) {
    for (const GridElement& element : codes.elements) {
      by_bytes_ &= !element.complete || !std::isnan(query[element.feature]);
    }
  }
  if (by_bytes_) encode_queries();
}

void BlockScreen::encode_queries() {
  const std::size_t elements = codes_.elements.size();
  std::vector<std::uint8_t> bytes(queries_.size() * elements);
  for (std::size_t q = 0; q < queries_.size(); ++q) {
    rounding_.push_back(encode_row(codes_, queries_[q], &bytes[q * elements]));
  }
  bytes_ = pack_queries(bytes, elements);
  for (std::size_t q = 0; q < queries_.size(); ++q) bytes_.set_limit(q, kInfinite);
}

void BlockScreen::set_limit(std::size_t query, double squared) {
  if (squared == limits_[query]) return;
  limits_[query] = squared;
  if (!by_bytes_) return;
  const double reach =
      (std::sqrt(squared) + rounding_[query] + codes_.rounding) / codes_.step * (1 + 1e-9) + 1e-6;
  bytes_.set_limit(query, reach * reach);
}

bool BlockScreen::next(std::vector<ByteHit>& pairs) {
  constexpr std::size_t kMostValues = 1 << 16;  // of a chunk's copy by columns
  constexpr std::size_t kAtOnce = BytePanels::kRowsAtOnce;
  if (done_ >= rows_.count) return false;
  // Small chunks first: the limits they give spare most of the work on the large ones.
  const std::size_t most =
      std::clamp(kMostValues / rows_.features / kAtOnce, std::size_t{1}, std::size_t{8}) * kAtOnce;
  const std::size_t size = std::clamp(done_, kAtOnce, most) / kAtOnce * kAtOnce;
  const bool before_end = done_ < rows_.count - begin_;
  const std::size_t first = before_end ? begin_ + done_ : done_ - (rows_.count - begin_);
  const std::size_t last = std::min(first + size, before_end ? rows_.count : begin_);
  if (by_bytes_) {
    screen_bytes(codes_.panels, first, (last + kAtOnce - 1) / kAtOnce * kAtOnce, bytes_, pairs);
    // A grid too coarse for where the rows crowd lets nearly all of them pass. The first chunks do
    // not tell: their limits are not narrow yet.
    constexpr std::size_t kTelling = 4096;
    if (done_ >= kTelling && pairs.size() > (last - first) * queries_.size() / 8) by_bytes_ = false;
  } else {
    screen_floats(first, last, pairs);
  }
  done_ += last - first;
  return true;
}

void BlockScreen::screen_floats(std::size_t first, std::size_t last, std::vector<ByteHit>& pairs) {
  const std::size_t count = last - first;
  constexpr double kMost = std::numeric_limits<float>::max();
  const auto mismatch = static_cast<float>(std::min(rows_.mismatch, kMost));
  columns_.resize(rows_.features * count);
  for (std::size_t i = 0; i < count; ++i) {
    const float* row = rows_.row(first + i);
    for (std::size_t f = 0; f < rows_.features; ++f) columns_[f * count + i] = row[f];
  }
  // More than what single precision may lose in a sum of that many terms, all of them positive.
  const double slack = 1 + static_cast<double>(rows_.features + 8) * 0x1p-22;
  for (std::size_t q = 0; q < queries_.size(); ++q) {
    sums_.assign(count, 0.0F);
    for (std::size_t f = 0; f < rows_.features; ++f) {
      const float at = queries_[q][f];
      const float* column = columns_.data() + f * count;
      if (rows_.category[f] != 0 || std::isnan(at)) {
        add_unlike(column, at, mismatch, sums_);
      } else if (rows_.plain) {
        add_numbers(column, at, sums_);
      } else {
        add_incomplete(column, at, mismatch, sums_);
      }
    }
    const double within = limits_[q] * slack + 1e-30;
    for (std::size_t i = 0; i < count; ++i) {
      // What passes single precision may yet be within.
      if (sums_[i] > within && std::isfinite(sums_[i])) continue;
      pairs.push_back({static_cast<std::uint32_t>(q), static_cast<std::uint32_t>(first + i)});
    }
  }
}

}  // namespace rarewood

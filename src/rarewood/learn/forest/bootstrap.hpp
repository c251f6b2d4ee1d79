#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "rarewood/base/poisson.hpp"
#include "rarewood/base/random.hpp"
#include "rarewood/learn/forest/bag.hpp"
#include "rarewood/pattern/parts.hpp"

namespace rarewood {

/// What a tree's bag holds.
struct BagLaw {
  std::uint64_t draws = 0;                 ///< rows drawn, with replacement
  double share1 = 0;                       ///< chance that a draw takes a positive row, in (0, 1)
  std::optional<std::uint64_t> positives;  ///< draws that take one, where their number is fixed
  std::uint32_t row_rule = 0;  ///< largest minimum-size rule; 0 or 1 where none is in force
};

/// Draws of rows by counts: the law of drawing row by row, at a cost of patterns.
class Bootstrap {
 public:
  Bootstrap(const FitPart& part, const BagLaw& law);

  /// The bag of one tree: its patterns in ascending order.
  std::vector<BagItem> draw(Random stream) const;

 private:
  /// One class's rows of one pattern.
  struct Entry {
    std::uint32_t item = 0;
    std::uint32_t rows = 0;
    std::uint32_t table = 0;
  };

  struct ClassEntries {
    std::vector<Entry> entries;
    std::vector<std::uint64_t> rows_up_to;  ///< rows of entries 0..i
    std::uint64_t step = 1;
    std::vector<std::uint32_t> entry_at;  ///< entry that holds row i * step
    std::vector<PoissonTable> tables;
    double rate = 0;  ///< Poisson mean per row
  };

  void prepare(ClassEntries& to, double draws) const;
  static std::uint32_t entry_of(const ClassEntries& from, std::uint64_t row);
  void draw_class(KeyedDraws& random, const ClassEntries& from, std::uint64_t draws,
                  std::vector<std::uint32_t>& drawn) const;

  std::vector<PatternCount> counts_;
  BagLaw law_;
  ClassEntries classes_[2];
};

/// The part itself as a bag, each row once (bootstrap off).
std::vector<BagItem> whole_bag(const FitPart& part);

/// Distinct rows seen when `draws` rows are drawn with replacement from `rows`, counted up to
/// `most`.
std::uint32_t draw_occupancy(KeyedDraws& random, std::uint64_t rows, std::uint64_t draws,
                             std::uint32_t most);

}  // namespace rarewood

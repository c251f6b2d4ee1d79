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
  std::uint32_t row_rule = 0;        ///< largest minimum-size rule; 0 or 1 where none is in force
  std::vector<std::uint64_t> ticks;  ///< [counts] weight of each row; empty: all weigh 1
  bool ticks_act_on_draw = true;     ///< else on what a row in the bag weighs
};

/// The weights of a part's rows as whole numbers in their ratio, so that sums stay exact.
///
/// They are multiplied by a power of two, the largest with which none exceeds `most`, and rounded;
/// none becomes 0.
/// \return [counts], or empty where every row weighs 1
std::vector<std::uint64_t> weight_ticks(const FitPart& part, double most);

/// How far rounding took a weight from its ratio to the largest one, at worst: 0.01 is 1 %.
double largest_rounding(const FitPart& part, const std::vector<std::uint64_t>& ticks);

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
    std::uint32_t table = 0;
    std::uint64_t mass = 0;  ///< rows times ticks: how likely a draw takes one of them
  };

  struct ClassEntries {
    std::vector<Entry> entries;
    std::vector<std::uint64_t> mass_up_to;  ///< of entries 0..i
    std::uint64_t step = 1;
    std::vector<std::uint32_t> entry_at;  ///< entry that holds the mass at i * step
    std::vector<PoissonTable> tables;     ///< empty where every draw is a single one
    double rate = 0;                      ///< Poisson mean per mass
  };

  void add_entry(std::uint32_t item, std::uint32_t rows, ClassEntries& to) const;

  void prepare(ClassEntries& to, double draws) const;
  static std::uint32_t entry_of(const ClassEntries& from, std::uint64_t mass);
  BagItem item_of(std::size_t i, std::uint32_t n0, std::uint32_t n1, KeyedDraws& random) const;
  void draw_class(KeyedDraws& random, const ClassEntries& from, std::uint64_t draws,
                  std::vector<std::uint32_t>& drawn) const;

  std::vector<PatternCount> counts_;
  BagLaw law_;
  ClassEntries classes_[2];
};

/// The part itself as a bag, each row once (bootstrap off). \param ticks  as weight_ticks makes
/// them
std::vector<BagItem> whole_bag(const FitPart& part, const std::vector<std::uint64_t>& ticks);

/// Distinct rows seen when `draws` rows are drawn with replacement from `rows`, counted up to
/// `most`.
std::uint32_t draw_occupancy(KeyedDraws& random, std::uint64_t rows, std::uint64_t draws,
                             std::uint32_t most);

}  // namespace rarewood

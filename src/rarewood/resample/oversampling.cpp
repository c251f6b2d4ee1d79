#include "rarewood/resample/oversampling.hpp"

#include <algorithm>
#include <limits>

#include "rarewood/resample/added_rows.hpp"
#include "rarewood/resample/carried_weights.hpp"
#include "rarewood/resample/neighbors.hpp"

namespace rarewood {
namespace {

void check_enough(const ClassTotals& totals, const Maker& maker) {
  const std::uint64_t rarer = std::min(totals.n0, totals.n1);
  if (rarer > maker.k) return;
  throw Error(ErrorKind::data, maker.title + " needs at least " + std::to_string(maker.k + 1) +
                                   " rows of the rarer class in every fold, there are " +
                                   std::to_string(rarer) + ". Lower " + maker.k_option +
                                   ", or use --balance none.");
}

void check_index(std::uint64_t synthetic, const Maker& maker) {
  if (synthetic < std::numeric_limits<std::uint32_t>::max()) return;
  throw Error(ErrorKind::data, maker.title + " would make " + thousands(synthetic) +
                                   " synthetic rows, more than one pass can index "
                                   "(4,294,967,294). Lower --sampling-strategy, or use --balance "
                                   "random_over.");
}

std::uint64_t making_memory(const FitPart& part, const Maker& maker, std::uint64_t synthetic) {
  const ClassTotals totals = part.totals();
  std::uint64_t searched = part.counts().size();
  if (!maker.searches_all) searched = std::min(searched, std::min(totals.n0, totals.n1));
  return search_memory(searched, part.patterns().features()) + searched * maker.k * 4 +
         adding_memory(part, synthetic);
}

}  // namespace

SamplingPlan plan_maker(const FitPart& weighted, const Maker& maker) {
  const FitPart part = without_weights(weighted);
  const ClassTotals totals = part.totals();
  check_enough(totals, maker);
  const ClassPlan classes = plan_over(totals, maker.strategy);
  check_index(classes.added(), maker);
  return {totals, classes.after, classes.added(), maker.about,
          making_memory(part, maker, classes.added())};
}

void check_made(const FitPart& part, const Maker& maker, std::uint64_t synthetic,
                const Control& control) {
  check_index(synthetic, maker);
  check_memory(control, maker.title, making_memory(part, maker, synthetic));
}

Resampled make_rows(const FitPart& part, const Maker& maker, std::uint64_t seed,
                    const Control& control, const Making& make) {
  const SamplingPlan plan = plan_maker(part, maker);
  if (plan.synthetic == 0) return {part};
  check_memory(control, maker.title, plan.memory);
  const FitPart plain = without_weights(part);
  const ClassRows rarer = rows_of_class(plain, plan.before.n1 <= plan.before.n0);
  return with_weights(part, make({plain, rarer, plan.synthetic, seed}));
}

void check_maker(const ClassTotals& totals, const Maker& maker) {
  check_enough(totals, maker);
  check_over(totals, maker.strategy);
}

}  // namespace rarewood

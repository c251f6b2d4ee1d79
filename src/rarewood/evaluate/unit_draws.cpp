#include "rarewood/evaluate/unit_draws.hpp"

#include <algorithm>
#include <cmath>

#include "rarewood/base/parallel.hpp"
#include "rarewood/base/poisson.hpp"
#include "rarewood/base/random.hpp"

namespace rarewood {

void draw_units(const DrawnUnits& drawn, const BootstrapPlan& plan, const Control& control,
                const std::function<void(std::size_t draw, const UnitCounts& counts)>& use) {
  const PoissonTable table(1.0);
  constexpr std::uint64_t kBatch = 16;  // draws that share their array
  const auto draw_batch = [&](std::size_t batch) {
    UnitCounts counts(drawn.units);
    const std::uint64_t end = std::min<std::uint64_t>(plan.draws, (batch + 1) * kBatch);
    for (std::uint64_t draw = batch * kBatch; draw < end; ++draw) {
      const std::uint64_t key = Random(plan.seed, "unit draw", draw).bits();
      for (std::size_t i = 0; i < drawn.unit.size(); ++i) {
        const std::uint64_t bits = KeyedDraws(drawn.key[i] ^ key).bits();
        counts[drawn.unit[i]] =
            static_cast<std::uint8_t>(table.draw(static_cast<std::uint32_t>(bits >> 32U)));
      }
      use(draw, counts);
    }
  };
  parallel_for(control, (plan.draws + kBatch - 1) / kBatch, draw_batch, "intervals");
}

UnitCounts each_once(const DrawnUnits& drawn) {
  UnitCounts counts(drawn.units);
  for (const std::uint32_t unit : drawn.unit) counts[unit] = 1;
  return counts;
}

Interval finite_interval(std::vector<double> values) {
  std::erase_if(values, [](double value) { return !std::isfinite(value); });
  return percentile_interval(std::move(values));
}

}  // namespace rarewood

#include "rarewood/session/gap_law.hpp"

#include <algorithm>
#include <cmath>

#include "rarewood/session/shop_facts.hpp"

namespace rarewood {
namespace {

constexpr std::size_t two_hours = 7200;
constexpr double tail_power =
    1.5;  // a fifth of the gaps beyond 2.5 times the median, 3 % beyond 10

std::vector<double> uniform_law(std::uint32_t shortest, std::uint32_t longest) {
  std::vector<double> below(longest + 1, 0);
  for (std::uint32_t s = shortest; s <= longest; ++s) {
    below[s] = static_cast<double>(s - shortest + 1) / static_cast<double>(longest - shortest + 1);
  }
  return below;
}

/// Log-logistic from the shortest gap on, with the middle of the uniform law as its median, cut at
/// two hours so that every order falls into a day.
std::vector<double> long_tailed_law(std::uint32_t shortest, std::uint32_t longest) {
  const double middle = (static_cast<double>(longest) - shortest) / 2;
  const auto share = [&](double x) {
    const double power = std::pow(x / middle, tail_power);
    return power / (1 + power);
  };
  std::vector<double> below(two_hours + 1, 0);
  const double all = share(static_cast<double>(two_hours - shortest + 1));
  for (std::size_t s = shortest; s <= two_hours; ++s) {
    below[s] = share(static_cast<double>(s - shortest + 1)) / all;
  }
  below.back() = 1;
  return below;
}

}  // namespace

GapLaw::GapLaw(GapKind kind) {
  for (std::size_t step = 0; step < below_.size(); ++step) {
    const auto [shortest, longest] = gap_seconds[step];
    below_[step] = kind == GapKind::uniform ? uniform_law(shortest, longest)
                                            : long_tailed_law(shortest, longest);
  }
}

std::uint16_t GapLaw::draw(std::size_t step, Random& random) const {
  const auto& below = below_[step];
  const auto found = std::upper_bound(below.begin(), below.end(), random.uniform());
  return static_cast<std::uint16_t>(found - below.begin());
}

double GapLaw::survival(std::size_t step, std::int64_t seconds) const {
  if (seconds < 0) return 1;
  const auto& below = below_[step];
  const auto s = static_cast<std::size_t>(seconds);
  return s < below.size() ? 1 - below[s] : 0;
}

}  // namespace rarewood

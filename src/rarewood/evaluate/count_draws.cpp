#include "rarewood/evaluate/count_draws.hpp"

#include "rarewood/base/error.hpp"

namespace rarewood {

CountDraws::CountDraws(const std::vector<std::uint64_t>& rows) {
  constexpr std::uint64_t kMost = 0x7FFFFFFF;
  for (const std::uint64_t n : rows) {
    if (n > kMost) {
      throw Error(ErrorKind::data,
                  "More than 2,147,483,647 rows are alike: intervals are not possible. Use fewer "
                  "rows.");
    }
    if (n > 0) tables_.try_emplace(n, static_cast<double>(n));
  }
  for (const std::uint64_t n : rows) of_group_.push_back(n > 0 ? &tables_.at(n) : nullptr);
}

std::uint64_t CountDraws::draw(Random& random, std::vector<std::uint64_t>& counts) const {
  std::uint64_t sum = 0;
  std::uint64_t bits = 0;
  for (std::size_t group = 0; group < of_group_.size(); ++group) {
    bits = group % 2 == 0 ? random.bits() : bits >> 32U;  // two numbers from each 64 bits
    const PoissonTable* table = of_group_[group];
    counts[group] = table == nullptr ? 0 : table->draw(static_cast<std::uint32_t>(bits));
    sum += counts[group];
  }
  return sum;
}

}  // namespace rarewood

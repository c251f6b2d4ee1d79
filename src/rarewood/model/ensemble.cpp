#include "rarewood/model/ensemble.hpp"

#include <cmath>

namespace rarewood {

float leaf_quantum(std::size_t trees) {
  int bits = 16;
  while (bits > 0 && (std::size_t{1} << (24 - bits)) < trees) --bits;
  return std::ldexp(1.0F, -bits);
}

}  // namespace rarewood

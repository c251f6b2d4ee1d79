#include "rarewood/learn/positive_weight.hpp"

#include <cmath>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"

namespace rarewood {

double positive_weight(const std::string& text, const ClassWeightSums& sums) {
  if (text == "balanced") return sums.w0 / sums.w1;
  const auto number = parse_double(text);
  if (!number || !(*number > 0) || !(*number <= 1e9)) {
    throw Error(ErrorKind::usage,
                "--scale-pos-weight must be a number above 0 and up to 1e9, or balanced, not '" +
                    text + "'.");
  }
  return *number;
}

void check_positive_weight(const std::string& text) { positive_weight(text, {1, 1}); }

}  // namespace rarewood

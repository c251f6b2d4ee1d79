#pragma once

#include <string>

namespace rarewood {

struct FeatureImportance {
  std::string feature;
  double importance = 0;  ///< share of the total impurity decrease, sums to 1
};

}  // namespace rarewood

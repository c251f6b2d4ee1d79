#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace rarewood {

enum class FeatureKind { number, boolean, category, time };

/// One column as learners and scorers know it.
struct Feature {
  std::string name;
  FeatureKind kind = FeatureKind::number;
  /// Sorted bytewise; a category's code is its position. Empty for the other kinds.
  std::vector<std::string> categories;
};

/// The two classes by their original labels, as text.
struct Target {
  std::string name;
  std::string negative = "0";
  std::string positive = "1";
};

/// What training learned of the table's form; stored in the model, obeyed when scoring.
struct FeatureSchema {
  std::vector<Feature> features;  ///< in the table's column order
  Target target;
  /// "10min", "page:4", "end"; empty where the table does not say.
  std::string prediction_point;
};

/// Every value a learner sees is a float32: the number, 0/1 for a boolean, the code of a category,
/// days since 1970 for a date or time stamp;
/// NaN is missing and also an unseen category. -0 never occurs.
struct Columns {
  std::size_t rows = 0;
  std::vector<std::vector<float>> values;  ///< [features][rows]
};

}  // namespace rarewood

#include "rarewood/feature/feature_options.hpp"

namespace rarewood {

const OptionTable<FeatureOptions>& feature_options() {
  static const OptionTable<FeatureOptions> table = [] {
    OptionTable<FeatureOptions> options("columns");
    options
        .add(&FeatureOptions::target, "target",
             "The column to predict; it has two values (default: is_ordered if there is one)")
        .add(&FeatureOptions::positive, "positive",
             "The target's value that is the event (default: 1, true or yes)")
        .add(&FeatureOptions::exclude, "exclude", "Columns that are left out")
        .add(&FeatureOptions::include, "include",
             "Columns that are taken although they look like identifiers, times or long texts")
        .add(&FeatureOptions::categorical, "categorical",
             "Columns of numbers that are names: taken as categories")
        .add(&FeatureOptions::max_levels, "max_levels",
             "Text of more distinct values than this is left out", {.lowest = 2, .highest = 16e6})
        .add(&FeatureOptions::available_at, "available_at",
             "When each column's value is known: before or after the prediction point, or from a "
             "moment on (5min, page:3); columns known later are left out")
        .add(&FeatureOptions::weight_column, "weight_column",
             "Column of row weights for learning; judging counts rows (default: all weigh 1)");
    return options;
  }();
  return table;
}

}  // namespace rarewood

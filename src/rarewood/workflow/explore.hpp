#pragma once

#include <string>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/feature/feature_options.hpp"
#include "rarewood/option/option.hpp"
#include "rarewood/report/exploration.hpp"
#include "rarewood/store/store_options.hpp"
#include "rarewood/table/table_options.hpp"

namespace rarewood {

/// Group "explore".
struct ExploreOptions {
  std::string table;                 ///< path or URI; "" = the store's training table
  std::vector<std::string> columns;  ///< shown; empty = all
  std::string time;                  ///< "" = session_started_at beside the store's own table
  std::string json;
};

const OptionTable<ExploreOptions>& explore_options();

struct ExploreJob {
  ExploreOptions explore;
  FeatureOptions feature;
  StoreOptions store;
  TableOptions table;
  bool exclude_typed = false;  ///< then --exclude must name columns of this table
};

/// Read a training table and count how often the event happens, value by value. Nothing is learned,
/// nothing is held back: this is for looking, not for choosing.
/// \throws Error as load_training_table does; Error(usage) for a column that is no feature
Exploration explore(const ExploreJob& job, const Control& control);

}  // namespace rarewood

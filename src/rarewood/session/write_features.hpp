#pragma once

#include <string>

#include "rarewood/session/feature_tables.hpp"
#include "rarewood/store/object_store.hpp"
#include "rarewood/table/table_options.hpp"

namespace rarewood {

/// "processed-data/training_data.parquet" -> "processed-data/training_data.keys.parquet"
std::string keys_key(const std::string& table_key);

/// Write a training table and, beside it, its keys.
///
/// Both are written before either appears, and the keys appear first: a stop or a full disk leaves
/// what was there, and a table that is there has its keys.
/// \param key  of the table; its ending is the format of both
/// \throws Error as `TableWriter` does
void write_features(ObjectStore& store, const std::string& key, const FeatureTables& made,
                    const TableOptions& options, const Control& control);

}  // namespace rarewood

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <arrow/type_fwd.h>

#include "rarewood/base/control.hpp"
#include "rarewood/feature/schema.hpp"

namespace rarewood {

/// What was met while encoding, per feature; added up over the batches of a table.
struct EncodeCounts {
  std::uint64_t rows = 0;
  std::vector<std::uint64_t> missing;  ///< [features]
  std::vector<std::uint64_t> unseen;   ///< [features] categories that training never saw
};

/// Where the features of a schema stand in a table.
struct FeaturePlaces {
  std::vector<int> columns;          ///< [features] positions in the table
  std::vector<std::string> ignored;  ///< the table's other columns, in its order
};

/// Categories that the values of a text table must be kept as written for ("01", "TRUE"), as the
/// rows at hand alone may look like numbers: for TableRequest::as_text.
std::vector<std::string> kept_as_text(const FeatureSchema& schema);

/// Match by name; order and further columns do not matter.
/// \param table  its name, for messages
/// \throws Error(data) naming every feature that the table lacks, and the nearest name.
FeaturePlaces find_features(const FeatureSchema& schema, const arrow::Schema& columns,
                            const std::string& table);

/// The one encoder: training, scoring and Python turn a table into what learners see by it.
///
/// Text is looked up among the categories, a category never seen becomes missing and is counted;
/// numbers become float32, -0 becomes 0, NaN is missing; dates and time stamps are days since 1970.
/// \param counts  added to; its rows say where this batch begins
/// \param table   its name, for messages
/// \throws Error(data) for a missing column, a value of another type (with an example) or infinity.
/// \cost linear in the values; columns in parallel
Columns encode(const arrow::Table& rows, const FeatureSchema& schema, EncodeCounts& counts,
               const std::string& table, const Control& control);

/// One line a feature with unseen categories: "utm_source: 12 values never seen in training".
std::vector<std::string> unseen_warnings(const FeatureSchema& schema, const EncodeCounts& counts);

}  // namespace rarewood

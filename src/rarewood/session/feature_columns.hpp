#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <arrow/type_fwd.h>

#include "rarewood/session/as_of.hpp"

namespace rarewood {

/// What the columns of a training table are made from; it refers to values of the caller.
struct ColumnSources {
  const Journeys& journeys;
  const SessionRules& rules;
  const AsOfRows& rows;
  std::vector<std::int8_t> hour;      ///< [R] of the start, by the wall clock
  std::vector<std::uint8_t> weekend;  ///< [R] 1 on Saturday and Sunday

  bool at_end() const { return rules.point.kind == PredictionPoint::Kind::end; }
};

/// Hours and weekends told by rules.timezone.
ColumnSources column_sources(const Journeys& journeys, const SessionRules& rules,
                             const AsOfRows& rows, const Control& control);

/// A text of sessions that becomes a feature.
struct TextFeature {
  std::string name;
  const std::vector<std::string>& texts;           ///< by code, sorted
  std::function<std::uint32_t(std::size_t)> code;  ///< of a row; no_code where missing
  std::string dropped;                             ///< the level without a one-hot column
  std::vector<std::string> levels;                 ///< the levels with one, in column order
};

/// utm_source, device_type and landing_page with the levels of the assigned job.
std::vector<TextFeature> text_features(const ColumnSources& from);

/// [R] features, is_ordered, revenue; columns described at features_as_of.
std::shared_ptr<arrow::Table> feature_table(const ColumnSources& from, const Control& control);

/// [R] ids and times, row for row beside it.
std::shared_ptr<arrow::Table> keys_table(const ColumnSources& from, const Control& control);

}  // namespace rarewood

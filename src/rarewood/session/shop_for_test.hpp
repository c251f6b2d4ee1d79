#pragma once

// Simulated shops as tests look at them; included by *_test.cpp files only.

#include <array>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <arrow/api.h>

#include "rarewood/session/feature_tables.hpp"
#include "rarewood/session/sample.hpp"

namespace rarewood {

using Counts = std::map<std::string, std::int64_t>;

inline Shop shop_of(const SampleOptions& options, int threads = 2) {
  Control control;
  control.threads = threads;
  return simulate_shop(options, control);
}

inline std::vector<std::int64_t> whole(const arrow::Table& table, const std::string& column) {
  std::vector<std::int64_t> values;
  for (const auto& chunk : table.GetColumnByName(column)->chunks()) {
    const std::int64_t* begin = chunk->data()->GetValues<std::int64_t>(1);
    values.insert(values.end(), begin, begin + chunk->length());
  }
  return values;
}

inline std::vector<std::string> texts(const arrow::Table& table, const std::string& column) {
  std::vector<std::string> values;
  for (const auto& chunk : table.GetColumnByName(column)->chunks()) {
    const auto& array = static_cast<const arrow::StringArray&>(*chunk);
    for (std::int64_t i = 0; i < array.length(); ++i) {
      values.push_back(array.IsNull(i) ? "(none)" : array.GetString(i));
    }
  }
  return values;
}

inline Counts count(const std::vector<std::string>& values) {
  Counts counts;
  for (const std::string& value : values) ++counts[value];
  return counts;
}

inline Journeys journeys_of(const Shop& shop) {
  const auto read = [](const std::shared_ptr<arrow::Table>& table) {
    return std::make_shared<arrow::TableBatchReader>(table);
  };
  return read_journeys({read(shop.sessions), read(shop.pageviews), read(shop.orders), true}, "UTC",
                       Control{});
}

inline AsOfRows rows_at(const Journeys& journeys, const std::string& as_of) {
  return rows_as_of(journeys, check_session_options({.as_of = as_of}), Control{});
}

/// Mann and Whitney's share of pairs, ties half; values[i] belongs to positive[i].
inline double auc(const std::vector<double>& values, const std::vector<std::uint8_t>& positive) {
  std::map<double, std::array<double, 2>> counts;
  for (std::size_t i = 0; i < values.size(); ++i) ++counts[values[i]].at(positive[i]);
  double below = 0, pairs = 0, positives = 0;
  for (const auto& [value, count] : counts) {
    pairs += count[1] * (below + count[0] / 2);
    below += count[0];
    positives += count[1];
  }
  return pairs / (below * positives);
}

inline double depth_auc(const AsOfRows& rows) {
  return auc(std::vector<double>(rows.depth.begin(), rows.depth.end()), rows.positive);
}

}  // namespace rarewood

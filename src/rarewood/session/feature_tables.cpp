#include "rarewood/session/feature_tables.hpp"

#include <algorithm>
#include <utility>

#include <arrow/api.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "rarewood/base/text.hpp"
#include "rarewood/session/feature_columns.hpp"
#include "rarewood/table/fingerprint.hpp"

namespace rarewood {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

Pairs facts(const ColumnSources& from) {
  const Population& population = from.rows.population;
  const SessionRules& rules = from.rules;
  nlohmann::json reasons = nlohmann::json::array();
  for (const auto& [reason, rows] : left_out(population, rules)) {
    reasons.push_back({{"reason", reason}, {"rows", rows}});
  }
  return {{"prediction_point", point_text(rules.point)},
          {"sessions", std::to_string(from.journeys.sessions())},
          {"rows", std::to_string(from.rows.rows())},
          {"positives", std::to_string(population.positives)},
          {"active", std::to_string(population.active)},
          {"active_positives", std::to_string(population.active_positives)},
          {"left_out", reasons.dump()},
          {"simulated", from.journeys.simulated ? "true" : "false"},
          {"timezone", rules.timezone},
          {"outcome_window", duration_text(rules.outcome_window)},
          {"ingest_lag", duration_text(rules.ingest_lag)},
          {"active_within", duration_text(rules.active_within)},
          {"data_end", from.rows.data_end == no_time ? "" : stamp_text(from.rows.data_end)},
          {"encoding", rules.encoding == Encoding::native ? "native" : "onehot"}};
}

std::shared_ptr<arrow::Table> with_facts(const arrow::Table& table, Pairs pairs,
                                         const Pairs& fingerprints) {
  pairs.insert(pairs.end(), fingerprints.begin(), fingerprints.end());
  std::vector<std::string> names, values;
  for (const auto& [name, value] : pairs) {
    names.push_back("rarewood." + name);
    values.push_back(value);
  }
  return table.ReplaceSchemaMetadata(arrow::key_value_metadata(names, values));
}

/// Rows whose level has no one-hot column of its own.
std::uint64_t rows_without_column(const TextFeature& feature, std::size_t rows) {
  std::vector<std::uint8_t> known;
  for (const std::string& text : feature.texts) {
    const auto found = std::find(feature.levels.begin(), feature.levels.end(), text);
    known.push_back(text == feature.dropped || found != feature.levels.end());
  }
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < rows; ++i) {
    const std::uint32_t code = feature.code(i);
    count += code != no_code && !known[code];
  }
  return count;
}

void warn_of_unseen_levels(const ColumnSources& from, std::vector<std::string>& warnings) {
  if (from.rules.encoding == Encoding::native) return;
  for (const TextFeature& feature : text_features(from)) {
    const std::uint64_t rows = rows_without_column(feature, from.rows.rows());
    if (rows == 0) continue;
    warnings.push_back(fmt::format(
        "{} rows have a {} without a one-hot column of its own and look like {}. Use --encoding "
        "native to keep them apart.",
        thousands(rows), feature.name, feature.dropped));
  }
}

/// Where orders were exported earlier than page views, the last labels would all be 0.
void warn_of_early_orders(const ColumnSources& from, std::vector<std::string>& warnings) {
  const Journeys& journeys = from.journeys;
  if (from.at_end() || from.rules.data_end != no_time || journeys.last_order == no_time) return;
  if (journeys.last_order + from.rules.outcome_window + 86400 >= journeys.last_pageview) return;
  warnings.push_back(fmt::format(
      "The last order is of {}, the last page view of {}. If the orders end earlier than the page "
      "views do, give the orders' end as --data-end.",
      stamp_text(journeys.last_order), stamp_text(journeys.last_pageview)));
}

}  // namespace

FeatureTables features_as_of(const Journeys& journeys, const SessionRules& rules,
                             const Control& control) {
  const AsOfRows rows = rows_as_of(journeys, rules, control);
  const ColumnSources sources = column_sources(journeys, rules, rows, control);
  const auto table = feature_table(sources, control);
  const auto keys = keys_table(sources, control);
  const std::string of_table = table_fingerprint(*table, control);
  const std::string of_keys = table_fingerprint(*keys, control);

  FeatureTables made;
  made.table = with_facts(*table, facts(sources),
                          {{"fingerprint", of_table}, {"keys_fingerprint", of_keys}});
  made.keys = with_facts(*keys, facts(sources),
                         {{"fingerprint", of_keys}, {"table_fingerprint", of_table}});
  made.population = rows.population;
  warn_of_unseen_levels(sources, made.warnings);
  warn_of_early_orders(sources, made.warnings);
  return made;
}

}  // namespace rarewood

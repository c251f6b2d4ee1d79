#include "rarewood/workflow/row_groups.hpp"

#include "rarewood/pattern/row_folds.hpp"
#include "rarewood/pattern/split.hpp"

namespace rarewood {
namespace {

/// Null where the table does not have them.
const RowKeys* group_keys(const TrainingTable& table, const TrainRequest& request) {
  const std::string named = named_group_column(request);
  return find_keys(table, named.empty() ? kUsualGroup : named);
}

RowFacts facts_of(const PlacedRows& rows) {
  return {rows.table.labels, rows.folds, rows.table.weights, rows.table.costs};
}

/// \param some  in the order of a part
EntryBlocks by_group(const RowGroups& groups, const PlacedRows& rows,
                     std::span<const std::uint32_t> some) {
  const Blocks blocks = blocks_of_rows(groups.key, some);
  if (blocks.of.empty()) return {};
  std::vector<std::uint8_t> positive;
  positive.reserve(some.size());
  for (const std::uint32_t row : some) positive.push_back(rows.table.labels[row]);
  const std::vector<std::uint32_t> entries =
      entries_of_rows({some, rows.folds, rows.pattern, rows.table.costs});
  return entry_blocks(entries, positive, blocks.of);
}

}  // namespace

std::vector<NamedGroup> named_groups(const TrainRequest& request) {
  const std::string& group = request.split.group_column;
  const std::string& entity = request.audit.entity_column;
  std::vector<NamedGroup> named;
  if (!group.empty()) named.push_back({"--group-column", group});
  if (!entity.empty() && entity != group) named.push_back({"--entity-column", entity});
  return named;
}

std::string named_group_column(const TrainRequest& request) {
  const std::vector<NamedGroup> named = named_groups(request);
  return named.empty() ? "" : named.front().column;
}

RowGroups row_groups(const TrainingTable& table, const TrainRequest& request) {
  const RowKeys* keys = group_keys(table, request);
  return keys == nullptr ? RowGroups{} : RowGroups{keys->name, keys_of(*keys)};
}

std::string known_group_column(const TrainingTable& table, const TrainRequest& request) {
  const RowKeys* keys = group_keys(table, request);
  return keys == nullptr ? "" : keys->name;
}

std::string group_column_of(const Provenance& provenance) {
  if (!provenance.group_column.empty()) return provenance.group_column;
  for (const auto& [name, value] : provenance.options) {
    if (name == "group_column") return value;
  }
  return "";
}

Blocks blocks_of_rows(const std::vector<std::uint64_t>& key, std::span<const std::uint32_t> some) {
  if (key.empty()) return {};
  std::vector<std::uint64_t> keys;
  keys.reserve(some.size());
  for (const std::uint32_t row : some) keys.push_back(key[row]);
  Blocks blocks = blocks_of(keys);
  return blocks.groups == some.size() ? Blocks{} : blocks;
}

EntryBlocks test_by_group(const RowGroups& groups, const PlacedRows& rows) {
  if (groups.key.empty()) return {};
  return by_group(groups, rows, rows_of_test(rows.folds, rows.pattern, facts_of(rows)));
}

EntryBlocks training_by_group(const RowGroups& groups, const PlacedRows& rows) {
  if (groups.key.empty()) return {};
  return by_group(groups, rows, rows_of_training(rows.folds, rows.pattern, facts_of(rows)));
}

}  // namespace rarewood

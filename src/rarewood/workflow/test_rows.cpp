#include "rarewood/workflow/test_rows.hpp"

#include <algorithm>

#include "rarewood/base/parallel.hpp"
#include "rarewood/base/random.hpp"
#include "rarewood/evaluate/blocks.hpp"
#include "rarewood/pattern/row_folds.hpp"
#include "rarewood/pattern/split.hpp"
#include "rarewood/report/warn.hpp"
#include "rarewood/workflow/active_slice.hpp"
#include "rarewood/workflow/stopwatch.hpp"
#include "rarewood/workflow/test_part.hpp"

namespace rarewood {
namespace {

/// What is known of all rows beside their features.
struct Known {
  RowGroups groups;
  const RowKeys* times = nullptr;
  ActiveRows active;
  const std::vector<RowLevels>& levels;

  bool nothing() const {
    return groups.key.empty() && times == nullptr && levels.empty() && active.is_active.empty();
  }
};

/// [rows] equal where all that is known is.
std::vector<std::uint64_t> likeness_of(const Known& known, std::size_t rows) {
  std::vector<std::uint64_t> likeness(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    std::uint64_t& key = likeness[row];
    const auto mix = [&](std::uint64_t value) { key = KeyedDraws(key ^ value).bits(); };
    if (!known.groups.key.empty()) mix(known.groups.key[row]);
    if (known.times != nullptr) mix(static_cast<std::uint64_t>(known.times->values[row]));
    if (!known.active.is_active.empty()) mix(known.active.is_active[row]);
    for (const RowLevels& levels : known.levels) mix(levels.of[row]);
  }
  return likeness;
}

/// Values of some rows.
template <typename T>
std::vector<T> values_of(std::span<const std::uint32_t> rows, const std::vector<T>& values) {
  std::vector<T> some;
  some.reserve(rows.size());
  for (const std::uint32_t row : rows) some.push_back(values[row]);
  return some;
}

void add_groups(const Known& known, std::span<const std::uint32_t> rows, TestRows& test) {
  Blocks blocks = blocks_of_rows(known.groups.key, rows);
  if (blocks.of.empty()) return;
  test.groups = {known.groups.column, blocks.groups};
  test.block = std::move(blocks.of);
  test.by_group = entry_blocks(test.entry, test.positive, test.block);
}

void add_levels(const Known& known, std::span<const std::uint32_t> rows, TestRows& test) {
  for (const RowLevels& levels : known.levels) {
    test.levels.push_back({levels.column, levels.names, values_of(rows, levels.of)});
  }
  if (known.times == nullptr) return;
  test.time = time_levels({known.times->name, values_of(rows, known.times->values), {}});
}

void add_active(const Known& known, const std::vector<std::uint32_t>& rows,
                const TrainingTable& table, const std::vector<std::uint32_t>& pattern,
                TestRows& test) {
  if (known.active.is_active.empty()) return;
  std::vector<std::uint32_t> active;
  std::vector<std::uint32_t> block;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (known.active.is_active[rows[i]] == 0) continue;
    active.push_back(rows[i]);
    if (!test.block.empty()) block.push_back(test.block[i]);
  }
  test.active = count_of_rows(active, pattern, {table.labels, {}, table.weights, table.costs});
  const auto entries = entries_of_rows({active, {}, pattern, table.costs});
  test.active_by_group = entry_blocks(entries, values_of(active, table.labels), block);
}

}  // namespace

const RowKeys* known_times(const TrainingTable& table, const SplitOptions& split) {
  const RowKeys* times = row_times(table, split);
  if (times == nullptr || times->values.empty()) return nullptr;
  return *std::ranges::min_element(times->values) >= kLeastTime ? times : nullptr;
}

TestRows find_test_rows(const TrainingTable& table, const CountedTable& counted,
                        const TrainRequest& request, RunRecord& record, const Control& control) {
  record.test_part = name_of_test_part(table, counted, request, record.data.fingerprint);
  const Known known{row_groups(table, request), known_times(table, request.split),
                    active_rows(table), table.levels};
  if (known.nothing()) return {};
  const Stopwatch watch(record.timings, "test_rows");
  const std::vector<std::uint64_t> likeness = likeness_of(known, counted.pattern.size());
  const RowFacts facts{table.labels, counted.row_folds, table.weights, table.costs};
  const std::vector<std::uint32_t> folds =
      draw_row_folds(counted.cells, {counted.pattern, facts, likeness}, request.seed);
  const std::vector<std::uint32_t> rows = rows_of_test(folds, counted.pattern, facts);
  TestRows test;
  test.entry = entries_of_rows({rows, {}, counted.pattern, table.costs});
  test.positive = values_of(rows, table.labels);
  const auto about_test_rows = [&] {
    add_groups(known, rows, test);
    add_levels(known, rows, test);
    add_active(known, rows, table, counted.pattern, test);
  };
  parallel_for(control, 2, [&](std::size_t part) {
    if (part == 1) return about_test_rows();
    test.training_by_group = training_by_group(known.groups, {table, counted.pattern, folds});
  });
  record.data.groups = test.groups;
  if (!test.active.empty()) record.slices = {{"active", known.active.description}};
  const std::string warning =
      test.block.empty() ? "" : few_groups_warning(test.groups.groups, test.groups.column);
  if (!warning.empty()) warn(record.warnings, warning);
  return test;
}

}  // namespace rarewood

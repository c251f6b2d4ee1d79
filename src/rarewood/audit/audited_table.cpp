#include "rarewood/audit/audited_table.hpp"

#include "rarewood/audit/alike_columns.hpp"
#include "rarewood/base/parallel.hpp"

namespace rarewood {
namespace {

/// The same rows by whether they have a value.
GroupCounts by_missing(const GroupCounts& counts) {
  GroupCounts two(2, counts.folds);
  for (std::uint32_t k = 0; k < counts.folds; ++k) {
    for (std::size_t g = 0; g < counts.groups; ++g) {
      ClassTotals& to = two.at(k, g + 1 == counts.groups ? 1 : 0);
      to.n0 += counts.at(k, g).n0;
      to.n1 += counts.at(k, g).n1;
    }
  }
  return two;
}

}  // namespace

GroupCounts count_groups(const CellTable& cells, const std::vector<std::uint32_t>& group_of_pattern,
                         std::size_t groups, std::uint32_t folds) {
  GroupCounts counts(groups, folds);
  for (const Cell& cell : cells.cells) {
    if (cell.fold == kTestFold) continue;
    ClassTotals& to = counts.at(cell.fold, group_of_pattern[cell.pattern]);
    to.n0 += cell.n0;
    to.n1 += cell.n1;
  }
  return counts;
}

AuditedTable audited_table(const CellTable& cells, const FeatureSchema& schema, std::uint32_t folds,
                           const TrainPart& train, const Control& control) {
  const std::size_t features = schema.features.size();
  AuditedTable table{cells, schema, folds, {}, {}, {}, {}};
  table.bins.resize(features);
  table.strengths.resize(features);
  table.of_missing.resize(features);
  const FitPart all = train.all();
  parallel_for(control, features, [&](std::size_t f) {
    table.bins[f] = make_column_bins(all, f);
    const GroupCounts counts =
        count_groups(cells, table.bins[f].bin_of_pattern, table.bins[f].bins, folds);
    table.strengths[f] = strength_of(counts, features);
    table.of_missing[f] = strength_of(by_missing(counts), features);
  });
  table.alike = alike_columns(*cells.patterns, control);
  return table;
}

}  // namespace rarewood

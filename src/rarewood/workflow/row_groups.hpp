#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "rarewood/evaluate/blocks.hpp"
#include "rarewood/evaluate/entry_blocks.hpp"
#include "rarewood/feature/training_table.hpp"
#include "rarewood/model/model.hpp"
#include "rarewood/workflow/train.hpp"

namespace rarewood {

/// Whose row it is, in the keys file beside the conversion job's table.
inline constexpr const char* kUsualGroup = "user_id";

/// A column that was named as telling whose row it is.
struct NamedGroup {
  std::string option;  ///< "--group-column"
  std::string column;
};

/// Each column once; what is judged by one of them is judged by the first. See "Whose row it is" in
/// docs/decision/evaluation.md.
std::vector<NamedGroup> named_groups(const TrainRequest& request);

/// The first of named_groups(); "" where none was named.
std::string named_group_column(const TrainRequest& request);

/// Whose rows they are, so that they can be judged by whole groups.
struct RowGroups {
  std::string column;              ///< "" where that is not known
  std::vector<std::uint64_t> key;  ///< [rows] equal for rows of one group; empty if not known
};

/// By named_group_column(), else by whose rows are in the keys file of the conversion job.
RowGroups row_groups(const TrainingTable& table, const TrainRequest& request);

/// The column of row_groups(); "" where that is not known.
std::string known_group_column(const TrainingTable& table, const TrainRequest& request);

/// By which column the rows of a model were judged together in training; "" where that is not
/// known. Models of earlier rarewoods know it only as an option.
std::string group_column_of(const Provenance& provenance);

/// The groups of some rows over blocks; none where each row is a group of its own: that is as
/// independent as a row.
/// \param key  of all rows; empty if not known
Blocks blocks_of_rows(const std::vector<std::uint64_t>& key, std::span<const std::uint32_t> some);

/// Where rows went when they were counted and their parts were drawn.
struct PlacedRows {
  const TrainingTable& table;
  const std::vector<std::uint32_t>& pattern;  ///< [rows]
  const std::vector<std::uint32_t>& folds;    ///< [rows] as draw_row_folds() gives them
};

/// Test rows by group, as TestPart::counts() lists them; empty where rows are independent.
EntryBlocks test_by_group(const RowGroups& groups, const PlacedRows& rows);

/// Training rows by group, as OutOfFold::score() lists them; empty where rows are independent.
EntryBlocks training_by_group(const RowGroups& groups, const PlacedRows& rows);

}  // namespace rarewood

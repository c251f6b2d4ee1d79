#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "rarewood/feature/row_keys.hpp"
#include "rarewood/option/option.hpp"
#include "rarewood/pattern/cells.hpp"
#include "rarewood/pattern/parts.hpp"

namespace rarewood {

enum class SplitKind { stratified, sklearn, time, group, hash, column };

/// How rows are shared out between the test part and the training folds.
struct SplitOptions {
  SplitKind split = SplitKind::stratified;
  double test_size = 0.2;
  int folds = 5;
  std::string time_column;
  std::string time_gap = "auto";
  std::string group_column;
  std::string id_column;
  std::string fold_column;
};

const OptionTable<SplitOptions>& split_options();

/// The validated options; a time column alone asks for a split by time.
/// \throws Error(usage)
SplitOptions read_split_options(const RawOptions& raw);

/// Rows of each class that go to the test part: scikit-learn's rule (train_test_split, stratified).
/// \throws Error(data) if a part would lack a class.
ClassTotals test_totals(const ClassTotals& all, double test_size);

/// Move a random draw of exactly test_totals() rows, without replacement, to kTestFold.
///
/// Only counts are needed: the rows of a cell are alike, so how many of them go to the test part is
/// a multivariate hypergeometric draw. \param table  cells of fold 0 only
CellTable draw_test_part(const CellTable& table, double test_size, std::uint64_t seed);

/// Share the rows of fold 0 out over folds 0 .. folds-1, each class as evenly as it goes.
CellTable draw_folds(const CellTable& table, std::uint32_t folds, std::uint64_t seed);

// Folds per row, where rows have an identity. [rows] each: kTestFold or a training fold.

/// Test: the latest rows, about test_size of them; rows of one moment stay together. All others in
/// fold 0, for draw_folds, but for those less than `gap` before the first test row: their outcome
/// was not known when the test began, so they are left out. \param seconds, gap  [rows], >= 0
std::vector<std::uint32_t> folds_by_time(std::span<const std::int64_t> seconds, double test_size,
                                         std::int64_t gap);

/// All rows in fold 0, whatever parts they were in.
CellTable without_folds(const CellTable& table);

/// Take the rows of kLeftOutFold away. \return how many there were
std::uint64_t drop_left_out(std::vector<Cell>& cells);

/// A row's place is a function of (seed, its key) alone: it never changes sides when rows are
/// added, and rows of one key stay together. \param keys  [rows], as text or number hashes
std::vector<std::uint32_t> folds_by_key(std::span<const std::uint64_t> keys, double test_size,
                                        std::uint32_t folds, std::uint64_t seed);

/// A stable 64-bit key of an identifier.
std::uint64_t key_of(std::string_view identifier);
std::uint64_t key_of(std::int64_t identifier);

/// [rows] of a column of identifiers.
std::vector<std::uint64_t> keys_of(const RowKeys& identifiers);

/// The user's own folds: "test" marks the test part, every other text is a fold, in sorted order.
/// \param[out] folds  how many training folds there are
/// \throws Error(data) without a "test" row or with fewer than two folds
std::vector<std::uint32_t> folds_by_column(const std::vector<std::string>& texts,
                                           std::uint32_t& folds);

}  // namespace rarewood

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/evaluate/entry_blocks.hpp"
#include "rarewood/evaluate/metrics.hpp"
#include "rarewood/pattern/scores.hpp"
#include "rarewood/store/location.hpp"
#include "rarewood/table/table_options.hpp"
#include "rarewood/workflow/promote_options.hpp"
#include "rarewood/workflow/validate_first.hpp"

namespace rarewood {

/// What one model says of the rows.
struct SaidOfRows {
  ScoreList probabilities;  ///< [rows]
  Flags flags;
};

/// Rows that no model of these has learnt from.
struct LaterRows {
  std::string table;                     ///< path or URI
  std::string time_column;               ///< "" = all rows
  std::optional<std::int64_t> after;     ///< end of the last training window; nothing: all rows
  std::optional<std::int64_t> last_end;  ///< the same where it is known, whichever rows are taken
  std::uint64_t within_windows = 0;      ///< rows not later than that
  std::uint64_t positives = 0;
  std::vector<SaidOfRows> said;  ///< [models]
  std::string group_column;      ///< "" where rows are independent
  std::uint64_t groups = 0;
  EntryBlocks blocks;  ///< empty where rows are independent
  std::vector<std::string> warnings;

  std::uint64_t rows() const { return said.front().flags.size(); }
};

/// The rows of a table that began after the training windows of all models, scored by each.
/// \param models  of one target and prediction point, the challenger first; each with a window,
///                unless all rows are asked for
/// \throws Error(data) for a table that the models cannot score, or without the times
LaterRows score_later_rows(const std::vector<const SavedModel*>& models, const ObjectPlace& place,
                           const PromoteOptions& options, const TableOptions& text,
                           const Control& control);

}  // namespace rarewood

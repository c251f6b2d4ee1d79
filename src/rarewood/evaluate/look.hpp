#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "rarewood/evaluate/metrics.hpp"

namespace rarewood {

// A look is one prediction point, judged: every unit (a session) is looked at there once, if it is
// still at risk. Units are numbered alike at all looks, so that figures of two looks can be paired.

/// Rows of one look by models that did not see them.
struct Look {
  std::vector<double> probability;  ///< [entries] rows of one entry share these two
  Flags flagged;                    ///< [entries]
  std::vector<std::uint32_t> fold;  ///< [entries] one number for each model that scored
  /// [entries] share of the fold's rows that score lower, ties at one half: the only scale on which
  /// rows of several models can be ranked together. Any rising function of it ranks alike.
  std::vector<double> rank;
  std::vector<std::uint32_t> unit;     ///< [rows] whose row it is
  std::vector<std::uint32_t> entry;    ///< [rows]
  std::vector<std::uint8_t> positive;  ///< [rows] 1 = an order lies ahead
  std::vector<std::uint8_t> active;    ///< [rows] 1 = active at the look
  std::vector<std::int32_t> lead;      ///< [rows] seconds from the look to the order; 0 without
  std::vector<std::uint32_t> placed;   ///< units that had ordered before
  std::vector<std::uint32_t> unseen;   ///< units that order, but have no row here for other reasons

  std::size_t rows() const { return unit.size(); }
};

/// What a look comes to, on rows that each count as often as their unit does.
struct LookFigures {
  double rows = 0;
  double base_rate = 0;          ///< share of the rows with an order ahead
  double orders_ahead = 0;       ///< these, as a share of all orders
  double auc_roc = 0;            ///< of pairs within a fold
  double average_precision = 0;  ///< by rank
  double f1_score = 0;           ///< as flagged
  double precision = 0;
  double recall = 0;       ///< of the orders ahead
  double f1_flag_all = 0;  ///< of flagging every row
  /// Share of all orders that lie among the tenth of the rows that rank highest; of a tie that
  /// part which still has room.
  double recall_at_top = 0;
  double median_lead = 0;  ///< minutes from the look to the order, of flagged rows with an order
};

/// A figure's name in JSON, tracking and messages.
struct LookFigureInfo {
  const char* name;
  double LookFigures::* value;
};

inline constexpr std::array<LookFigureInfo, 10> kLookFigures{{
    {"base_rate", &LookFigures::base_rate},
    {"orders_ahead", &LookFigures::orders_ahead},
    {"auc_roc", &LookFigures::auc_roc},
    {"average_precision", &LookFigures::average_precision},
    {"f1_score", &LookFigures::f1_score},
    {"precision", &LookFigures::precision},
    {"recall", &LookFigures::recall},
    {"f1_flag_all", &LookFigures::f1_flag_all},
    {"recall_at_top_10_percent", &LookFigures::recall_at_top},
    {"median_lead_minutes", &LookFigures::median_lead},
}};

/// Share of the rows that recall_at_top takes.
inline constexpr double kTopShare = 0.1;

/// How often each unit counts, [units]: 1 each for the figures themselves, drawn numbers for their
/// intervals.
using UnitCounts = std::vector<std::uint8_t>;

}  // namespace rarewood

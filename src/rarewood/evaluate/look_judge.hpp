#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "rarewood/evaluate/fold_auc.hpp"
#include "rarewood/evaluate/judgement.hpp"
#include "rarewood/evaluate/look.hpp"
#include "rarewood/evaluate/ranking.hpp"

namespace rarewood {

/// Units with what they are worth, in ascending order of that.
struct Lead {
  std::uint32_t unit = 0;
  std::int32_t seconds = 0;
};

/// Minutes in the middle, each lead counted as often as its unit; NaN where there is none.
/// \param leads  ascending by seconds
double median_minutes(const std::vector<Lead>& leads, const UnitCounts& counts);

/// Sum of the counts of the units.
std::uint64_t counted(const std::vector<std::uint32_t>& units, const UnitCounts& counts);

enum class LookRows { all, active };

/// 95 % intervals of auc_roc, average_precision, f1_score, precision and recall, in the form that
/// covers at few orders, too; a unit's rows, where a look has several of it, come and go together.
std::map<std::string, Interval> look_intervals(const Look& look, LookRows which);

/// Works out a look's figures again and again, for whatever counts of units; made once.
class LookJudge {
 public:
  /// \param which  the rows that are judged; orders are always those of the whole look
  LookJudge(const Look& look, LookRows which);

  std::uint64_t rows() const { return unit_.size(); }
  std::uint64_t positives() const { return positives_; }

  /// NaN where a figure needs a class that is missing.
  LookFigures figures(const UnitCounts& counts) const;

 private:
  double share_at_top(const std::vector<std::uint32_t>& n0, const std::vector<std::uint32_t>& n1,
                      double rows) const;

  std::vector<double> rank_;           ///< [entries]
  std::vector<std::uint32_t> order_;   ///< entries, the highest rank first
  std::vector<std::uint32_t> unit_;    ///< [rows]
  std::vector<std::uint32_t> place_;   ///< [rows] entry * 2 + class
  std::vector<std::uint32_t> orders_;  ///< units of all orders
  std::vector<Lead> caught_;           ///< flagged rows with an order
  std::uint64_t positives_ = 0;
  Ranking ranking_;  ///< by rank
  FoldAuc auc_;
};

}  // namespace rarewood

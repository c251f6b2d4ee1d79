#pragma once

#include <optional>
#include <string>
#include <vector>

namespace rarewood {

/// What a row costs by its true class and what is done with it; all in one unit, at least 0.
struct DecisionCosts {
  double false_positive = 0;  ///< lost on a flagged negative row
  double false_negative = 0;  ///< lost on a positive row that is not flagged
  double true_positive = 0;   ///< gained on a flagged positive row
  double true_negative = 0;   ///< gained on a negative row that is not flagged
  /// Each row has its own cost, ScoreCount::cost, instead of the constant.
  bool own_false_positive = false;
  bool own_false_negative = false;

  bool differ_by_row() const { return own_false_positive || own_false_negative; }

  /// What flagging a negative row, and not flagging a positive one, makes worse.
  double negative_loss() const { return false_positive + true_negative; }
  double positive_gain() const { return false_negative + true_positive; }
};

/// How a threshold is chosen: the best of some figure, a figure that must be reached, how many rows
/// can be dealt with, or a number.
struct ThresholdRule {
  enum class Kind {
    f_beta,       ///< best F-beta; value = beta
    cost,         ///< lowest cost by `costs`
    net_benefit,  ///< best net benefit; value = the probability at which flagging is just worth it
    recall,       ///< fewest rows flagged with at least this recall
    precision,    ///< highest recall with at least this precision
    top,          ///< the likeliest rows, at most this share of all
    per_day,      ///< the likeliest rows, at most this number a day; to be turned into a share
    fixed         ///< this probability
  };
  Kind kind = Kind::f_beta;
  double value = 1;
  DecisionCosts costs = {};
  std::string text = "f1";  ///< as written

  /// The figure is a sum over rows, so that flagging nobody may be best.
  bool may_flag_nobody() const { return kind == Kind::cost || kind == Kind::net_benefit; }

  bool is_best_of_a_figure() const { return kind == Kind::f_beta || may_flag_nobody(); }
};

/// \param text   "f1", "fbeta:2", "cost", "net_benefit:0.1", "recall:0.8", "precision:0.3",
///               "top:0.1", "per_day:200" or a probability
/// \param costs  what "cost" needs, and no other rule
/// \throws Error(usage) on another text, a value out of range, and on costs without "cost" or the
///         other way round
ThresholdRule parse_threshold_rule(const std::string& text,
                                   const std::optional<DecisionCosts>& costs);

/// "f1", "cost", "recall:", ...: the words of all rules, those that need a value with a colon.
std::vector<std::string> threshold_words();

/// A number a day as a share of all rows; other rules as they are.
/// \param rows_per_day  0 = not known
/// \throws Error(usage) if it is not known, and needed
ThresholdRule with_rows_per_day(ThresholdRule rule, double rows_per_day);

/// The figure the rule is about, as metrics are named: "f1_score", "f_beta", "cost", "net_benefit",
/// "recall", "precision", "flag_rate"; "" of a fixed number.
std::string figure_name(const ThresholdRule& rule);

/// Whose figure tells how well a threshold by the rule does: its own. Of those that ask for a
/// recall it is the precision reached at it, of a precision or a number of rows the recall; F1 of a
/// fixed number.
ThresholdRule judging_rule(const ThresholdRule& rule);

/// "F1", "cost of a row", ...: the figure in sentences; "" of a fixed number.
std::string figure_words(const ThresholdRule& rule);

/// Of the figure.
bool higher_is_better(const ThresholdRule& rule);

/// "best F1", "recall of at least 0.8", ... for people.
std::string rule_words(const ThresholdRule& rule);

}  // namespace rarewood

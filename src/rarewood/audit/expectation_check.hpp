#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "rarewood/audit/tolerance.hpp"
#include "rarewood/base/control.hpp"
#include "rarewood/evaluate/design_effect.hpp"
#include "rarewood/evaluate/judgement.hpp"
#include "rarewood/feature/checked_table.hpp"
#include "rarewood/feature/schema.hpp"
#include "rarewood/model/expectations.hpp"

namespace rarewood {

enum class Verdict { ok, warn, fail, error };

std::string_view verdict_word(Verdict verdict);  ///< "ok", "warn", "fail", "error"

/// Figures of an expectation that rows may miss by chance.
struct CheckFigures {
  double size = 0;   ///< how far the table is from what was expected
  double warns = 0;  ///< sizes from here on are a warning where chance does not explain them ...
  std::optional<double> fails;       ///< ... and from here on fail; nothing: they only warn
  double p_value = 1;                ///< Holm's, of all checks of the table
  std::optional<Interval> interval;  ///< of what was observed, 95 %
  double design_effect = 1;          ///< rows of the table count as their number over this
};

/// One expectation of a table, and what became of it.
struct ExpectationCheck {
  std::string check;   ///< "rows", "column", "drift", ...
  std::string column;  ///< "" = of the whole table
  std::variant<std::string, double> expected;
  std::variant<std::string, double> observed;
  std::optional<CheckFigures> figures;
  Verdict verdict = Verdict::ok;
  std::string what;  ///< a sentence for people; "" where all is well
};

/// A table held against a model.
struct Validation {
  std::string table;
  std::string model;
  std::string target;
  std::uint64_t rows = 0;
  std::uint64_t training_rows = 0;
  std::string group_column;  ///< "" where rows are independent
  std::uint64_t groups = 0;
  std::string warning;  ///< "" = none
  std::vector<ExpectationCheck> checks;

  Verdict verdict() const;  ///< the worst of all
  std::size_t met() const;  ///< checks that are ok
};

/// The check of a column's presence and kind, and what it observes where the table lacks it.
inline constexpr const char* kColumnCheck = "column";
inline constexpr const char* kAbsent = "absent";

/// Chance explains what has a p-value above this, all checks of a table together.
inline constexpr double kAlpha = 0.01;

/// What is held against what.
struct ExpectedTable {
  const FeatureSchema& schema;
  const Expectations& expectations;
  const CheckedTable& table;
  std::span<const float> probabilities;  ///< [rows]; empty: not judged
  WholeGroups groups = {};               ///< of the table's rows; empty: they are independent
};

/// Hold a table against what training saw, one check after another in the schema's order.
///
/// Nothing warns or fails unless it is too large for its tolerance and chance does not explain it
/// (Holm's p-value of at most kAlpha over all checks): a large table does not fail for a trifle,
/// nor a small one by bad luck. Rows that come in groups count as fewer, here and at training:
/// their number over the design effect of each share; where training's is not known, the table's
/// own.
std::vector<ExpectationCheck> check_expectations(const ExpectedTable& rows,
                                                 const Tolerance& tolerance,
                                                 const Control& control);

}  // namespace rarewood

#include "rarewood/resample/sampling_strategy.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <string_view>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"

namespace rarewood {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::uint64_t kMost = 1'000'000'000'000'000;  ///< rows nobody has

std::uint64_t whole_quotient(Wide numerator, Wide denominator) {
  const Wide quotient = numerator / denominator;
  if (quotient > kMost) {
    throw Error(ErrorKind::data,
                "--sampling-strategy asks for more rows than can be counted. Choose a value nearer "
                "to the classes as they are.");
  }
  return static_cast<std::uint64_t>(quotient);
}

/// "0.25" as 25/100; nothing for what is not a plain decimal of at most nine digits on either side.
std::optional<Fraction> parse_fraction(std::string_view text) {
  Fraction fraction{0, 1};
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view before = text.substr(0, point);
  const std::string_view after = text.substr(std::min(point + 1, text.size()));
  if (before.size() > 9 || after.size() > 9 || before.size() + after.size() == 0) return {};
  for (const std::string_view part : {before, after}) {
    for (const char digit : part) {
      if (digit < '0' || digit > '9') return {};
      fraction.numerator = fraction.numerator * 10 + static_cast<std::uint64_t>(digit - '0');
    }
  }
  for (std::size_t i = 0; i < after.size(); ++i) fraction.denominator *= 10;
  return fraction;
}

std::optional<std::uint64_t> parse_rows(std::string_view text) {
  if (text.empty() || text.size() > 15) return {};
  std::uint64_t rows = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '9') return {};
    rows = rows * 10 + static_cast<std::uint64_t>(digit - '0');
  }
  return rows > 0 ? std::optional(rows) : std::nullopt;
}

/// What follows "counts:" or "share:".
std::optional<std::string_view> after_word(std::string_view text, std::string_view word) {
  return text.starts_with(word) ? std::optional(text.substr(word.size())) : std::nullopt;
}

[[noreturn]] void refuse(const std::string& text) {
  throw Error(ErrorKind::usage,
              "--sampling-strategy must be a ratio of the classes such as 0.25, the rows of the "
              "class that changes such as counts:26000, or the final share of positives such as "
              "share:0.2, not '" +
                  text + "'." + did_you_mean(text, {"counts:", "share:"}));
}

/// Rows of the rarer class per row of the other one that give positives the share asked for.
struct Odds {
  std::uint64_t minority = 0;
  std::uint64_t majority = 0;
};

Odds odds_of_share(const Fraction& share, bool positive_is_minority) {
  const std::uint64_t rest = share.denominator - share.numerator;
  return positive_is_minority ? Odds{share.numerator, rest} : Odds{rest, share.numerator};
}

std::uint64_t& minority(ClassTotals& totals, bool positive_is_minority) {
  return positive_is_minority ? totals.n1 : totals.n0;
}

std::uint64_t wanted_minority(const ClassTotals& totals, const SamplingStrategy& strategy) {
  const std::uint64_t majority = std::max(totals.n0, totals.n1);
  if (strategy.kind == SamplingStrategy::Kind::rows) return strategy.rows;
  if (strategy.kind == SamplingStrategy::Kind::ratio) return strategy.fraction.of(majority);
  const Odds odds = odds_of_share(strategy.fraction, totals.n1 <= totals.n0);
  return whole_quotient(Wide{majority} * odds.minority, odds.majority);
}

std::uint64_t wanted_majority(const ClassTotals& totals, const SamplingStrategy& strategy) {
  const std::uint64_t rarer = std::min(totals.n0, totals.n1);
  if (strategy.kind == SamplingStrategy::Kind::rows) return strategy.rows;
  if (strategy.kind == SamplingStrategy::Kind::ratio) return strategy.fraction.into(rarer);
  const Odds odds = odds_of_share(strategy.fraction, totals.n1 <= totals.n0);
  return whole_quotient(Wide{rarer} * odds.majority, odds.minority);
}

[[noreturn]] void refuse_direction(const ClassTotals& totals, const SamplingStrategy& strategy,
                                   const std::string& cure) {
  throw Error(ErrorKind::data, "The classes have " + thousands(totals.n0) + " and " +
                                   thousands(totals.n1) +
                                   " rows and are already nearer to each other than "
                                   "--sampling-strategy " +
                                   strategy.text + " asks for. " + cure);
}

}  // namespace

std::uint64_t Fraction::of(std::uint64_t value) const {
  return whole_quotient(Wide{value} * numerator, denominator);
}

std::uint64_t Fraction::into(std::uint64_t value) const {
  return whole_quotient(Wide{value} * denominator, numerator);
}

SamplingStrategy SamplingStrategy::parse(const std::string& text) {
  SamplingStrategy strategy;
  strategy.text = text;
  if (const auto share = after_word(text, "share:")) {
    const auto fraction = parse_fraction(*share);
    if (!fraction || fraction->numerator == 0 || fraction->numerator >= fraction->denominator) {
      refuse(text);
    }
    strategy.kind = Kind::share;
    strategy.fraction = *fraction;
    return strategy;
  }
  const auto counts = after_word(text, "counts:");
  const auto rows = parse_rows(counts ? *counts : std::string_view(text));
  if (rows && (counts || *rows > 1)) {
    strategy.kind = Kind::rows;
    strategy.rows = *rows;
    return strategy;
  }
  const auto ratio = counts ? std::nullopt : parse_fraction(text);
  if (!ratio || ratio->numerator == 0 || ratio->numerator > ratio->denominator) refuse(text);
  strategy.fraction = *ratio;
  return strategy;
}

ClassPlan plan_over(const ClassTotals& totals, const SamplingStrategy& strategy) {
  ClassPlan plan{totals, totals};
  std::uint64_t& rows = minority(plan.after, plan.positive_is_minority());
  rows = std::max(rows, wanted_minority(totals, strategy));
  return plan;
}

ClassPlan plan_under(const ClassTotals& totals, const SamplingStrategy& strategy) {
  ClassPlan plan{totals, totals};
  std::uint64_t& rows = minority(plan.after, !plan.positive_is_minority());
  rows = std::min(rows, std::max<std::uint64_t>(1, wanted_majority(totals, strategy)));
  return plan;
}

void check_over(const ClassTotals& totals, const SamplingStrategy& strategy) {
  if (wanted_minority(totals, strategy) >= std::min(totals.n0, totals.n1)) return;
  refuse_direction(totals, strategy, "Raise it, or use --balance none.");
}

void check_under(const ClassTotals& totals, const SamplingStrategy& strategy) {
  if (wanted_majority(totals, strategy) > std::max(totals.n0, totals.n1)) {
    refuse_direction(totals, strategy, "Change it, or use --balance none.");
  }
  if (wanted_majority(totals, strategy) == 0) {
    throw Error(ErrorKind::data, "--sampling-strategy " + strategy.text +
                                     " would leave no row of one class. Lower it.");
  }
}

}  // namespace rarewood

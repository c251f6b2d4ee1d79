#include "rarewood/audit/shared_groups.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "rarewood/base/text.hpp"
#include "rarewood/evaluate/proportion.hpp"
#include "rarewood/pattern/cells.hpp"

namespace rarewood {
namespace {

constexpr double kMatters = 0.01;  ///< of the test rows
constexpr double kCorrelated = 0.05;
struct Group {
  double rows = 0;
  double positive = 0;
  double test = 0;
};

/// Rows of either part, in the order of their groups.
std::vector<std::size_t> by_group(const GroupedRows& rows) {
  std::vector<std::size_t> order;
  for (std::size_t row = 0; row < rows.groups.size(); ++row) {
    if (rows.folds.empty() || rows.folds[row] != kLeftOutFold) order.push_back(row);
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return rows.groups[a] != rows.groups[b] ? rows.groups[a] < rows.groups[b] : a < b;
  });
  return order;
}

std::vector<Group> groups_of(const GroupedRows& rows) {
  const std::vector<std::size_t> order = by_group(rows);
  std::vector<Group> groups;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i == 0 || rows.groups[order[i]] != rows.groups[order[i - 1]]) groups.emplace_back();
    Group& group = groups.back();
    group.rows += 1;
    group.positive += rows.positive[order[i]];
    if (!rows.folds.empty() && rows.folds[order[i]] == kTestFold) group.test += 1;
  }
  return groups;
}

/// Test rows with others of their group in the training part; their expected number where rows are
/// drawn at random.
struct Sharing {
  double shared = 0;
  double test = 0;
};

Sharing sharing_of(const std::vector<Group>& groups, const GroupedRows& rows) {
  Sharing sharing;
  for (const Group& group : groups) {
    if (rows.folds.empty()) {
      const double drawn = group.rows * rows.test_size;
      sharing.test += drawn;
      sharing.shared += drawn * (1 - std::pow(rows.test_size, group.rows - 1));
    } else {
      sharing.test += group.test;
      if (group.test < group.rows) sharing.shared += group.test;
    }
  }
  return sharing;
}

struct Correlation {
  double value = 0;
  Interval interval;
};

/// Correlation of the labels of two rows of one group: the mean over all such pairs, with the
/// variance of a ratio of sums over groups; 0 with -1 to 1 where one group alone has several rows.
Correlation intraclass(const std::vector<Group>& groups) {
  double rows = 0;
  double positive = 0;
  for (const Group& group : groups) {
    rows += group.rows;
    positive += group.positive;
  }
  const double rate = positive / rows;
  const double variance = rate * (1 - rate);
  double products = 0;
  double pairs = 0;
  double several = 0;  // groups of more than one row
  const auto product_of = [&](const Group& group) {
    const double off = group.positive - group.rows * rate;
    const double own =
        group.positive * (1 - rate) * (1 - rate) + (group.rows - group.positive) * rate * rate;
    return (off * off - own) / variance;
  };
  for (const Group& group : groups) {
    products += product_of(group);
    pairs += group.rows * (group.rows - 1);
    several += group.rows > 1 ? 1 : 0;
  }
  if (several < 2) return {0, {-1, 1}};  // one group cannot show how much groups differ
  const double value = products / pairs;
  double square = 0;
  for (const Group& group : groups) {
    const double off = product_of(group) - value * group.rows * (group.rows - 1);
    square += off * off;
  }
  const double half = kNormal95 * std::sqrt(square * several / (several - 1)) / pairs;
  const auto bounded = [](double x) { return std::clamp(x, -1.0, 1.0); };
  return {bounded(value), {bounded(value - half), bounded(value + half)}};
}

std::string remedy_for(bool proved, const Correlation& alike, const std::string& column) {
  const std::string split = "--split group --group-column " + column + ".";
  if (proved) {
    return "The test part knows its users from training; keep groups on one side: " + split;
  }
  if (alike.interval.high < kCorrelated) {
    return "Rows of one group are hardly alike, so the figures stand; to be sure, keep groups on "
           "one side: " +
           split;
  }
  return "Whether rows of one group are alike is not shown either way; keep groups on one side: " +
         split;
}

}  // namespace

std::vector<Finding> find_shared_groups(const GroupedRows& rows) {
  const std::vector<Group> groups = groups_of(rows);
  const Sharing sharing = sharing_of(groups, rows);
  if (sharing.shared < 1) return {};
  const Correlation alike = intraclass(groups);
  const Interval share = wilson({sharing.shared, std::max(sharing.test, sharing.shared)});
  const bool proved = share.low >= kMatters && alike.interval.low > kCorrelated;
  Finding finding = begin_finding(proved ? FindingLevel::proved : FindingLevel::note,
                                  "shared_groups", "L3.2", rows.column);
  finding.what = "groups of " + rows.column + " lie on both sides of the split";
  finding.measure = "intraclass_correlation";
  finding.value = alike.value;
  finding.interval = alike.interval;
  finding.evidence = fmt::format(
      "{}{} of {} test rows have others of their {} in the training part; labels of one {} "
      "correlate by {} (95 % interval {} to {}).",
      rows.folds.empty() ? "About " : "", thousands(static_cast<std::uint64_t>(sharing.shared)),
      thousands(static_cast<std::uint64_t>(sharing.test)), rows.column, rows.column,
      fixed(alike.value, 3), fixed(alike.interval.low, 3), fixed(alike.interval.high, 3));
  finding.remedy = remedy_for(proved, alike, rows.column);
  return {finding};
}

}  // namespace rarewood

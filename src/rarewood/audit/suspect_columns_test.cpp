#include "rarewood/audit/suspect_columns.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "rarewood/audit/rows_for_test.hpp"

namespace rarewood {
namespace {

constexpr std::size_t kRows = 3000;

std::vector<std::string> columns(const std::vector<Finding>& findings, const std::string& kind) {
  std::vector<std::string> names;
  for (const Finding& finding : findings) {
    EXPECT_EQ(finding.level, FindingLevel::suspect);
    if (finding.kind == kind) names.push_back(finding.column);
  }
  return names;
}

using Names = std::vector<std::string>;

TEST(SuspectColumns, NameTheOneThatStandsOut) {
  const auto labels = labels_for_test(kRows, 0.1);
  RowsForTest rows(labels);
  rows.add("noisy", flipped_for_test(labels, 0.08, 0)).add("a", noise_for_test(kRows, 1));
  const auto found = find_strong_columns(AuditedForTest(rows).table);
  EXPECT_EQ(columns(found, "strong_column"), Names{"noisy"});
  EXPECT_EQ(found[0].measure, "information");
  EXPECT_LT(found[0].interval.low, found[0].value);
  EXPECT_GT(found[0].interval.high, found[0].value);
  EXPECT_EQ(found[0].taxonomy, "L2");
}

TEST(SuspectColumns, AreNoneWhereAnotherIsNearlyAsStrong) {
  const auto labels = labels_for_test(kRows, 0.1);
  RowsForTest rows(labels);
  rows.add("b", flipped_for_test(labels, 0.08, 0)).add("c", flipped_for_test(labels, 0.09, 1));
  rows.add("d", flipped_for_test(labels, 0.10, 2)).add("e", flipped_for_test(labels, 0.11, 3));
  EXPECT_TRUE(find_strong_columns(AuditedForTest(rows).table).empty());
}

TEST(SuspectColumns, MayStandOutTogether) {
  const auto labels = labels_for_test(kRows, 0.1);
  RowsForTest rows(labels);
  rows.add("b", flipped_for_test(labels, 0.03, 0)).add("c", flipped_for_test(labels, 0.03, 1));
  rows.add("a", noise_for_test(kRows, 1));
  EXPECT_EQ(columns(find_strong_columns(AuditedForTest(rows).table), "strong_column"),
            (Names{"b", "c"}));
}

TEST(SuspectColumns, NameANearCopyOfTheTarget) {
  const auto labels = labels_for_test(kRows, 0.3);
  RowsForTest rows(labels);
  rows.add("copy", flipped_for_test(labels, 0.004, 0)).add("a", noise_for_test(kRows, 1));
  EXPECT_EQ(columns(find_strong_columns(AuditedForTest(rows).table), "target_copy"), Names{"copy"});
}

TEST(SuspectColumns, AreNoneAmongColumnsWithoutBearing) {
  const auto labels = labels_for_test(kRows, 0.1);
  RowsForTest rows(labels);
  for (std::uint64_t i = 0; i < 8; ++i) {
    rows.add("x" + std::to_string(i), noise_for_test(kRows, i));
  }
  const AuditedForTest audited(rows);
  EXPECT_TRUE(find_strong_columns(audited.table).empty());
  EXPECT_TRUE(find_informative_gaps(audited.table).empty());
  EXPECT_TRUE(find_identifiers(audited.table, {}).empty());
}

/// Missing with the first chance in negative rows, the second in positive ones.
std::vector<float> gaps(const std::vector<std::uint8_t>& labels, double negative, double positive) {
  Random random(5, "gaps");
  std::vector<float> values = noise_for_test(labels.size(), 9);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (random.uniform() < (labels[i] == 1 ? positive : negative)) values[i] = std::nanf("");
  }
  return values;
}

TEST(SuspectColumns, SeeGapsThatTell) {
  const auto labels = labels_for_test(kRows, 0.1);
  RowsForTest rows(labels);
  rows.add("reply", gaps(labels, 0.8, 0.1)).add("age", gaps(labels, 0.3, 0.3));
  rows.add("source", gaps(labels, 0.3, 0.25));
  EXPECT_EQ(columns(find_informative_gaps(AuditedForTest(rows).table), "missingness"),
            Names{"reply"});
}

TEST(SuspectColumns, SeeNumbersThatNameRows) {
  const auto labels = labels_for_test(kRows, 0.1);
  std::vector<float> number, cents, level;
  for (std::size_t i = 0; i < kRows; ++i) {
    number.push_back(static_cast<float>(i * 7 % kRows));
    cents.push_back(static_cast<float>(i * 7919 % 1'000'003));
    const std::size_t pair = i / 2;
    level.push_back(static_cast<float>(pair));
  }
  RowsForTest rows(labels);
  rows.add("number", number).add("cents", cents).add("name", level, FeatureKind::category);
  rows.add("level", level).add("share", noise_for_test(kRows, 1));
  EXPECT_EQ(columns(find_identifiers(AuditedForTest(rows).table, {}), "identifier"),
            Names{"number"})
      << "two rows a name are not fewer than two; wide numbers may be amounts";
}

TEST(SuspectColumns, AreLookedForUntilAStopIsAskedFor) {
  RowsForTest rows(labels_for_test(kRows, 0.1));
  rows.add("a", noise_for_test(kRows, 1));
  const AuditedForTest audited(rows);
  std::stop_source source;
  source.request_stop();
  Control stopped;
  stopped.stop = source.get_token();
  EXPECT_THROW(find_identifiers(audited.table, stopped), Error);
}

TEST(SuspectColumns, SeeAColumnThatIsTheModel) {
  EXPECT_EQ(columns(find_dominant({{"a", 0.81}, {"b", 0.19}}), "dominant"), Names{"a"});
  EXPECT_TRUE(find_dominant({{"a", 0.8}, {"b", 0.2}}).empty());
  EXPECT_TRUE(find_dominant({{"only", 1}}).empty()) << "nothing to be compared with";
  EXPECT_TRUE(find_dominant({}).empty());
}

}  // namespace
}  // namespace rarewood

#include "rarewood/audit/scan.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "rarewood/audit/fail_on.hpp"
#include "rarewood/audit/rows_for_test.hpp"

namespace rarewood {
namespace {

constexpr std::size_t kRows = 2000;

/// A leak, a column that stands out, a nearly constant one and noise.
RowsForTest guilty() {
  const auto labels = labels_for_test(kRows, 0.1);
  std::vector<float> constant(kRows, 1);
  constant[3] = constant[77] = 2;
  RowsForTest rows(labels);
  rows.add("constant", constant).add("noisy", flipped_for_test(labels, 0.06, 0));
  rows.add("noise", noise_for_test(kRows, 1)).add("other", noise_for_test(kRows, 2));
  return rows;
}

std::vector<std::string> kinds(const Scan& scan) {
  std::vector<std::string> kinds;
  for (const Finding& finding : scan.findings) {
    kinds.push_back(word_of(finding.level) + " " + finding.kind + " " + finding.column);
  }
  return kinds;
}

using Kinds = std::vector<std::string>;

TEST(Scan, OrdersFindingsByLevel) {
  RowsForTest rows = guilty();
  std::vector<float> copy(rows.positive.begin(), rows.positive.end());
  rows.add("copy", copy);
  const Scan scan = AuditedForTest(rows).scanned();
  ASSERT_GE(scan.findings.size(), 2U);
  EXPECT_EQ(kinds(scan).front(), "proved leak copy");
  EXPECT_EQ(kinds(scan).back(), "note near_constant constant");
}

TEST(Scan, AsksOnceAndIsSilentWhenAnswered) {
  const AuditedForTest table(guilty());
  EXPECT_EQ(kinds(table.scanned()),
            (Kinds{"suspect strong_column noisy", "note near_constant constant"}));
  EXPECT_EQ(kinds(table.scanned({{"noisy", "before"}})), Kinds{"note near_constant constant"});
  EXPECT_EQ(kinds(table.scanned({{"noisy", "after"}})),
            (Kinds{"proved known_later noisy", "note near_constant constant"}));
}

TEST(Scan, DoesNotAskOfATableMadeAsOfAPoint) {
  RowsForTest rows = guilty();
  rows.schema.prediction_point = "10min";
  EXPECT_EQ(kinds(AuditedForTest(rows).scanned()), Kinds{"note near_constant constant"});
  rows.schema.prediction_point = "end";
  EXPECT_EQ(kinds(AuditedForTest(rows).scanned()).front(), "suspect strong_column noisy");
}

TEST(Scan, NamesAllOfManyLeaksInOneSuspect) {
  const auto labels = labels_for_test(kRows, 0.3);
  for (const double share : {0.004, 0.02}) {  // copies of the target; columns that stand out
    RowsForTest rows(labels);
    for (std::uint64_t i = 0; i < 4; ++i) {
      rows.add("leak" + std::to_string(i), flipped_for_test(labels, share, i));
    }
    for (std::uint64_t i = 0; i < 5; ++i) {
      rows.add("x" + std::to_string(i), noise_for_test(kRows, i));
    }
    const AuditedForTest table(rows);
    const Scan found = table.scanned();
    ASSERT_EQ(found.findings.size(), 1U) << share;
    const Finding& suspect = found.findings[0];
    EXPECT_EQ(suspect.level, FindingLevel::suspect);
    std::vector<std::string> named{suspect.column};
    named.insert(named.end(), suspect.others.begin(), suspect.others.end());
    std::sort(named.begin(), named.end());
    EXPECT_EQ(named, (std::vector<std::string>{"leak0", "leak1", "leak2", "leak3"}));
    for (const std::string& name : named) {
      EXPECT_NE(suspect.remedy.find(name + " = \"before\""), std::string::npos) << suspect.remedy;
    }
    EXPECT_EQ(table.scanned({{"leak1", "before"}}).findings.size(), 3U) << "three are asked apart";
  }
}

TEST(Scan, AsksOfCopiedColumnsOnce) {
  const auto labels = labels_for_test(kRows, 0.1);
  const auto value = flipped_for_test(labels, 0.06, 0);
  std::vector<float> three_times;
  for (const float each : value) three_times.push_back(3 * each);
  RowsForTest rows(labels);
  rows.add("value", value).add("noise", noise_for_test(kRows, 1)).add("copy", three_times);
  const Scan found = AuditedForTest(rows).scanned();
  EXPECT_EQ(kinds(found), (Kinds{"suspect strong_column value", "note duplicated value"}));
  EXPECT_EQ(found.findings[0].others, std::vector<std::string>{"copy"});
  EXPECT_NE(found.findings[0].evidence.find("the next best column, noise"), std::string::npos);
  EXPECT_NE(found.findings[0].evidence.find("copy says the same as value"), std::string::npos);
}

TEST(Scan, KeepsWhatIsProvedWhateverIsDeclared) {
  RowsForTest rows = guilty();
  rows.add("copy", {rows.positive.begin(), rows.positive.end()});
  EXPECT_EQ(kinds(AuditedForTest(rows).scanned({{"copy", "before"}, {"noisy", "before"}})).front(),
            "proved leak copy");
}

TEST(Scan, IsTheSameForAnyThreads) {
  const AuditedForTest table(guilty());
  const ScanRequest request{table.cells, table.schema, table.split.train, {}};
  const Scan one = scan(request, {.threads = 1});
  const Scan four = scan(request, {.threads = 4});
  ASSERT_EQ(kinds(one), kinds(four));
  for (std::size_t i = 0; i < one.findings.size(); ++i) {
    EXPECT_EQ(one.findings[i].evidence, four.findings[i].evidence);
  }
}

TEST(Scan, AsksOfADominantColumnUnlessItIsKnown) {
  const AuditedForTest table(guilty());
  const Pairs before{{"noise", "before"}};
  const std::vector<FeatureImportance> importance{{"noise", 0.9}, {"noisy", 0.1}};
  const ScanRequest open{table.cells, table.schema, table.split.train, {}};
  EXPECT_EQ(scan_model(importance, open, {}).size(), 1U);
  const Finding asked = begin_finding(FindingLevel::suspect, "strong_column", "L2", "noise");
  EXPECT_TRUE(scan_model(importance, open, {asked}).empty());
  const ScanRequest answered{table.cells, table.schema, table.split.train, before};
  EXPECT_TRUE(scan_model(importance, answered, {}).empty());
}

TEST(FailOn, IsACheckThatSaidNo) {
  const std::vector<Finding> suspect{begin_finding(FindingLevel::suspect, "pair", "L2", "a")};
  const std::vector<Finding> proved{begin_finding(FindingLevel::proved, "leak", "L2", "b")};
  EXPECT_NO_THROW(check_findings(proved, FailOn::none));
  EXPECT_NO_THROW(check_findings(suspect, FailOn::leak));
  EXPECT_NO_THROW(check_findings({}, FailOn::suspect));
  for (const auto& [findings, level] :
       {std::pair{proved, FailOn::leak}, {proved, FailOn::suspect}, {suspect, FailOn::suspect}}) {
    try {
      check_findings(findings, level);
      FAIL();
    } catch (const Error& error) {
      EXPECT_EQ(error.exit_code(), 5);
    }
  }
}

TEST(Finding, WordsComeBack) {
  FindingLevel level = FindingLevel::proved;
  read_word(word_of(FindingLevel::note), level);
  EXPECT_EQ(level, FindingLevel::note);
  EXPECT_THROW(read_word("perhaps", level), Error);
}

}  // namespace
}  // namespace rarewood

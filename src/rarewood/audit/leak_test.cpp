#include "rarewood/audit/leak.hpp"

#include <cmath>
#include <ctime>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "rarewood/base/random.hpp"

namespace rarewood {
namespace {

struct Row {
  std::vector<float> values;
  std::uint32_t n0 = 0;
  std::uint32_t n1 = 0;
};

const float kNone = std::nanf("");

FeatureSchema schema_of(const std::vector<std::string>& names) {
  FeatureSchema schema;
  for (const std::string& name : names) schema.features.push_back({name, FeatureKind::number, {}});
  schema.target.name = "bought";
  return schema;
}

CellTable table_of(const FeatureSchema& schema, const std::vector<Row>& rows) {
  auto patterns = std::make_shared<Patterns>();
  patterns->count = rows.size();
  for (std::size_t f = 0; f < schema.features.size(); ++f) {
    for (const Row& row : rows) patterns->values.push_back(row.values[f]);
    patterns->category_counts.push_back(
        static_cast<std::uint32_t>(schema.features[f].categories.size()));
  }
  CellTable table{patterns, {}};
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    table.cells.push_back({i, 0, rows[i].n0, rows[i].n1});
  }
  return table;
}

std::vector<Finding> leaks(const FeatureSchema& schema, const std::vector<Row>& rows) {
  return find_leaks(table_of(schema, rows), schema, {});
}

TEST(Leak, NamesTheValueThatIsTheAnswer) {
  const auto found = leaks(
      schema_of({"depth", "hour"}),
      {{{1, 3}, 2000, 0}, {{6, 3}, 190, 0}, {{7, 3}, 0, 310}, {{8, 4}, 10, 0}, {{7, 4}, 0, 13}});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].kind, "leak");
  EXPECT_EQ(found[0].column, "depth");
  EXPECT_EQ(found[0].evidence,
            "depth = 7 exactly where bought = 1: in all 323 such rows and in no other.");
  EXPECT_EQ(found[0].remedy,
            "It is probably known only after the outcome: leave it out with --exclude depth, or "
            "replace it by what was known before.");
}

TEST(Leak, PointsToThePredictionPointWhereThereIsOne) {
  FeatureSchema schema = schema_of({"depth"});
  schema.prediction_point = "end";
  const auto found = leaks(schema, {{{1}, 2000, 0}, {{7}, 0, 300}});
  EXPECT_EQ(
      found.at(0).remedy,
      "It is probably known only after the outcome: leave it out with --exclude depth, or fix "
      "an earlier prediction point: rarewood features --as-of 10min.");
}

TEST(Leak, SeesAnEndOfTheScaleAndTheOtherDirection) {
  const std::vector<Row> rows{{{0.1F, 5, 2, kNone, 1}, 400, 0},
                              {{0.2F, 5, 3, kNone, 2}, 400, 0},
                              {{0.3F, 4, 4, 12.5F, 1}, 0, 40},
                              {{1.5F, 6, 1, 80, 1}, 0, 50}};
  const auto found = leaks(schema_of({"revenue", "state", "spread", "paid", "clean"}), rows);
  ASSERT_EQ(found.size(), 4U);
  EXPECT_EQ(found[0].evidence.find("revenue >= 0.3 exactly where bought = 1: in all 90"), 0U);
  EXPECT_EQ(found[1].evidence.find("state = 5 exactly where bought = 0: in all 800"), 0U);
  EXPECT_EQ(found[2].evidence.find("spread = 1 or 4 exactly where bought = 1: in all 90"), 0U);
  EXPECT_EQ(found[3].evidence.find("paid >= 12.5 exactly where bought = 1: in all 90"), 0U);
}

TEST(Leak, SeesMissingnessAndCategories) {
  FeatureSchema schema = schema_of({"reason", "country", "flag"});
  schema.features[1].kind = FeatureKind::category;
  schema.features[1].categories = {"AT", "DE", "FR"};
  schema.features[2].kind = FeatureKind::boolean;
  const auto found = leaks(
      schema,
      {{{1, 0, 0}, 500, 0}, {{2, 0, 0}, 400, 0}, {{kNone, 1, 1}, 0, 30}, {{kNone, 2, 1}, 0, 40}});
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].evidence.find("reason is missing exactly where bought = 1: in all 70"), 0U);
  EXPECT_EQ(found[1].evidence.find("country = AT exactly where bought = 0: in all 900"), 0U);
  EXPECT_EQ(found[2].evidence.find("flag = true exactly where bought = 1: in all 70"), 0U);
}

TEST(Leak, SeesAPureValueThatHoldsAPart) {
  const auto found =
      leaks(schema_of({"stage"}), {{{1}, 900, 60}, {{2}, 500, 40}, {{3}, 0, 25}, {{4}, 30, 5}});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].kind, "pure_rule");
  EXPECT_EQ(found[0].level, FindingLevel::note) << "25 rows bound the purity by 0.89";
  EXPECT_EQ(found[0].evidence,
            "stage = 3 in 25 rows, and bought = 1 in every one of them: 19.2 % of all such rows.");
}

TEST(Leak, SeesAColumnThatIsKnownOnlyAfterTheOutcome) {
  const auto found =
      leaks(schema_of({"refund", "revenue"}),
            {{{kNone, 0}, 900, 3}, {{kNone, 12}, 0, 60}, {{9.5F, 20}, 0, 25}, {{30, 40}, 0, 12}});
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].evidence,
            "refund >= 9.5 in 37 rows, and bought = 1 in every one of them: 37.0 % of all such "
            "rows.");
  EXPECT_EQ(found[0].level, FindingLevel::suspect) << "too few rows for a proof";
  EXPECT_EQ(found[1].evidence.find("revenue = 12 or 20 in 85 rows"), 0U);
  EXPECT_EQ(found[1].level, FindingLevel::proved);
}

FindingLevel level_of(const std::vector<Row>& rows) {
  const auto found = leaks(schema_of({"x"}), rows);
  EXPECT_EQ(found.size(), 1U);
  return found.at(0).level;
}

TEST(Leak, IsProvedFrom59RowsWithoutAnException) {
  EXPECT_EQ(level_of({{{1}, 900, 0}, {{2}, 0, 59}}), FindingLevel::proved);
  EXPECT_EQ(level_of({{{1}, 900, 0}, {{2}, 0, 58}}), FindingLevel::suspect);
  EXPECT_EQ(level_of({{{1}, 0, 900}, {{2}, 58, 0}}), FindingLevel::suspect);
  EXPECT_EQ(level_of({{{1}, 900, 60}, {{2}, 0, 59}}), FindingLevel::proved);
  EXPECT_EQ(level_of({{{1}, 900, 60}, {{2}, 0, 58}}), FindingLevel::note);
}

TEST(Leak, CannotBeProvedWithFewRowsAndThatIsSaid) {
  const FeatureSchema schema = schema_of({"x"});
  EXPECT_TRUE(find_few_rows(table_of(schema, {{{1}, 900, 59}}), schema).empty());
  const auto found = find_few_rows(table_of(schema, {{{1}, 900, 58}}), schema);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, FindingLevel::note);
  EXPECT_EQ(found[0].evidence.find("The table has 58 rows with bought = 1; a rule of one column "
                                   "can be proved from 59 on."),
            0U)
      << found[0].evidence;
  EXPECT_NE(find_few_rows(table_of(schema, {{{1}, 7, 900}}), schema).at(0).what.find("bought = 0"),
            std::string::npos);
}

TEST(Leak, OfAnEndIsProofOnlyWhereTheOthersAreAlike) {
  EXPECT_EQ(level_of({{{0}, 900, 0}, {{1}, 0, 50}, {{2}, 0, 50}}), FindingLevel::proved);
  EXPECT_EQ(level_of({{{0}, 800, 0}, {{0.5}, 100, 0}, {{1}, 0, 50}, {{2}, 0, 50}, {{3}, 0, 1}}),
            FindingLevel::suspect);
}

TEST(Leak, IsAskedOfManyColumns) {
  // Four measurements that tell the classes apart: they lie far apart, or all are leaks.
  const std::vector<std::string> names{"a", "b", "c", "d"};
  std::vector<Row> rows;
  for (int i = 0; i < 100; ++i) {
    const auto value = static_cast<float>(i);
    rows.push_back({{value, value, value, value}, 9, 0});
    rows.push_back({{200 + value, 200 + value, 200 + value, 200 + value}, 0, 1});
  }
  const auto found = leaks(schema_of(names), rows);
  ASSERT_EQ(found.size(), 4U);
  for (const Finding& finding : found) EXPECT_EQ(finding.level, FindingLevel::suspect);
}

TEST(Leak, InPartIsProofOnlyWhereTheEventIsRare) {
  // Honest columns of common classes have values of one class only: a smell, a missing organ.
  EXPECT_EQ(level_of({{{1}, 3000, 1500}, {{2}, 500, 0}, {{3}, 0, 1000}}), FindingLevel::note);
  const std::vector<Row> rare{{{1}, 12000, 1500}, {{2}, 500, 0}, {{3}, 0, 1000}};
  EXPECT_EQ(level_of(rare), FindingLevel::note) << "one of many measurements";
  FeatureSchema named = schema_of({"x"});
  named.features[0] = {"x", FeatureKind::category, {"a", "b", "c", "d"}};
  EXPECT_EQ(leaks(named, rare).at(0).level, FindingLevel::proved);
  EXPECT_EQ(level_of({{{1}, 3000, 20}, {{2}, 500, 0}, {{3}, 0, 1000}}), FindingLevel::suspect);
}

TEST(Leak, SeesAnEndThatHoldsNearlyAll) {
  std::vector<Row> rows{{{0}, 900, 3}};
  for (int i = 1; i <= 97; ++i) rows.push_back({{static_cast<float>(i)}, 0, 1});
  const auto found = leaks(schema_of({"revenue"}), rows);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].evidence.find("revenue >= 1 in 97 rows, and bought = 1 in every one"), 0U);
}

TEST(Leak, IsNotSeenInAFewPureRowsOrWhereChanceExplainsThem) {
  const auto none = [](const std::vector<Row>& rows) {
    EXPECT_TRUE(leaks(schema_of({"x"}), rows).empty());
  };
  none({{{1}, 900, 60}, {{2}, 0, 19}, {{3}, 50, 40}});    // fewer than 20
  none({{{1}, 900, 860}, {{2}, 0, 25}, {{3}, 50, 100}});  // under 5 % of the positives
  none({{{1}, 9, 50}, {{2}, 0, 60}, {{3}, 1, 50}});       // most rows are positive anyway
  none({{{1}, 900, 0}, {{2}, 20, 60}});                   // a value without positives is no answer
  none({{{1}, 5, 0}, {{2}, 0, 3}});                       // exact, but eight rows prove nothing
}

TEST(Leak, IsNotSeenInTheTailOfAStrongHonestColumn) {
  // Normal scores five deviations apart: most positives lie beyond every negative.
  Random random(1, "leak test");
  const auto normal = [&] {
    double sum = 0;
    for (int i = 0; i < 12; ++i) sum += random.uniform();
    return static_cast<float>(sum - 6);
  };
  std::vector<Row> rows;
  for (int i = 0; i < 9000; ++i) rows.push_back({{normal()}, 1, 0});
  for (int i = 0; i < 1000; ++i) rows.push_back({{normal() + 5}, 0, 1});
  EXPECT_TRUE(leaks(schema_of({"x"}), rows).empty());
}

/// Rows with features of every grain, whose class depends on them only by chance.
std::vector<Row> noise(std::uint64_t seed, int count, double base_rate) {
  Random random(seed, "clean table");
  std::vector<Row> rows;
  for (int i = 0; i < count; ++i) {
    Row row;
    for (const std::uint64_t grain : {2U, 2U, 7U, 24U, 100U, 1000U, 1000000U}) {
      row.values.push_back(static_cast<float>(random.below(grain)));
    }
    if (random.below(10) == 0) row.values[3] = kNone;
    (random.uniform() < base_rate ? row.n1 : row.n0) = 1;
    rows.push_back(row);
  }
  return rows;
}

TEST(Leak, IsNeverSeenOnCleanTables) {
  const FeatureSchema schema = schema_of({"a", "b", "c", "d", "e", "f", "g"});
  for (const double base_rate : {0.002, 0.07, 0.5, 0.95}) {
    for (std::uint64_t seed = 0; seed < 25; ++seed) {
      const auto found = leaks(schema, noise(seed, 1500, base_rate));
      EXPECT_TRUE(found.empty()) << base_rate << ": " << found.at(0).evidence;
    }
  }
}

TEST(Leak, CostsMillisecondsOnASessionTable) {
  Random random(9, "leak speed");
  std::vector<std::string> names;
  for (int f = 0; f < 12; ++f) names.push_back("f" + std::to_string(f));
  std::vector<Row> rows;
  for (int i = 0; i < 12000; ++i) {
    Row row;
    for (int f = 0; f < 12; ++f)
      row.values.push_back(static_cast<float>(random.below(f < 2 ? 24 : 2)));
    row.n0 = static_cast<std::uint32_t>(random.below(60));
    row.n1 = static_cast<std::uint32_t>(random.below(5));
    rows.push_back(row);
  }
  const FeatureSchema schema = schema_of(names);
  const CellTable table = table_of(schema, rows);
  const std::clock_t start = std::clock();
  EXPECT_TRUE(find_leaks(table, schema, {}).empty());
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  EXPECT_LT(seconds, 0.25);  // 0.01 s in a release build
}

}  // namespace
}  // namespace rarewood

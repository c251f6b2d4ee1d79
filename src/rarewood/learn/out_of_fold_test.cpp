#include "rarewood/learn/out_of_fold.hpp"

#include <gtest/gtest.h>

#include "rarewood/resample/table_for_test.hpp"

namespace rarewood {
namespace {

TrainPart train_part() {
  const TestTable table = random_table(600, true, 5);
  std::vector<std::uint32_t> folds;
  for (std::size_t i = 0; i < table.columns.rows; ++i) {
    folds.push_back(i % 60 < 12 ? kTestFold : static_cast<std::uint32_t>(i % 3));
  }
  FeatureSchema schema;
  for (std::size_t f = 0; f < table.columns.values.size(); ++f) {
    schema.features.push_back({"x", FeatureKind::number, {}});
  }
  return split_by_fold(count_cells(table.columns, schema, table.positive, folds, Control{}), 3)
      .train;
}

// What calibrators and thresholds are chosen on must be the rows as they were, each once, however
// many are made up to learn from.
TEST(OutOfFold, ScoresNoMadeUpRow) {
  const TrainPart train = train_part();
  const auto learner = learner_named("forest").make({{"n_estimators", {"5"}}});
  for (const char* balance : {"none", "smote", "random_over", "random_under"}) {
    const auto resampler = resampler_named(balance).make({});
    const OofScores scores = OutOfFold::score(train, {{*learner, *resampler}}, {}).front();
    EXPECT_EQ(class_totals(scores.list()), train.totals()) << balance;
    for (std::uint32_t k = 0; k < 3; ++k) {
      ClassTotals here;
      for (std::size_t i = 0; i < scores.list().size(); ++i) {
        if (scores.fold()[i] != k) continue;
        here.n0 += scores.list()[i].n0;
        here.n1 += scores.list()[i].n1;
      }
      EXPECT_EQ(here, train.fold(k).check.totals()) << balance;
    }
  }
}

}  // namespace
}  // namespace rarewood

#include "rarewood/learn/boosting.hpp"

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"
#include "rarewood/learn/booster_for_test.hpp"

namespace rarewood {
namespace {

/// What a library was asked to do.
struct Seen {
  int tables = 0;
  std::vector<std::size_t> watched_rows;
  std::vector<int> updates;  ///< of each booster
};

/// A library whose third round is the best on rows watched and whose last one is the eighth.
Booster fake_booster(Seen& seen) {
  seen.updates.push_back(0);
  return {[&seen](int round) {
            ++seen.updates.back();
            return round < 7;
          },
          [](int round) { return round < 2 ? 9.0 - round : round; },
          [&seen] { return std::to_string(seen.updates.back()); }};
}

BoosterLibrary fake(Seen& seen) {
  BoosterLibrary library;
  library.title = "Fake";
  library.bytes_a_value = 10;
  library.start = [&seen](const BoosterStart& start) {
    seen.tables += start.watched == nullptr ? 1 : 2;
    if (start.watched != nullptr) seen.watched_rows.push_back(start.watched->rows());
    return fake_booster(seen);
  };
  return library;
}

BoostingRules rules_of(int rounds, std::optional<int> patience = std::nullopt) {
  BoostingRules rules;
  rules.n_estimators = rounds;
  rules.early_stopping_rounds = patience;
  rules.validation_fraction = 0.25;
  return rules;
}

TEST(Boost, takes_the_rounds_asked_for_while_there_are_splits) {
  const FitPart part = RowsForTest(500, 1).part();
  Seen seen;
  EXPECT_EQ(boost(part, rules_of(5), fake(seen), {}, Control{}), "5");
  EXPECT_EQ(boost(part, rules_of(50), fake(seen), {}, Control{}), "8");
  EXPECT_EQ(seen.tables, 2);
}

TEST(Boost, fits_all_rows_with_the_rounds_that_were_best) {
  const FitPart part = RowsForTest(500, 1).part();
  Seen seen;
  EXPECT_EQ(boost(part, rules_of(50, 4), fake(seen), {}, Control{}), "3");
  EXPECT_EQ(seen.updates, (std::vector<int>{7, 3}));
  EXPECT_EQ(seen.watched_rows.size(), 1U);
}

/// \return the sentence of the refusal, "" if there was none
std::string refusal(const FitPart& part, const BoostingRules& rules, const BoosterLibrary& library,
                    std::uint64_t memory_limit) {
  Control control;
  control.memory_limit = memory_limit;
  try {
    boost(part, rules, library, {}, control);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::data);
    return error.what();
  }
  return "";
}

TEST(Boost, refuses_for_want_of_memory_before_it_makes_a_table) {
  const FitPart part = RowsForTest(500, 1).part();
  const std::uint64_t plain = part.counts().size() * 5 * 10;
  Seen seen;
  EXPECT_NE(refusal(part, rules_of(5), fake(seen), plain - 1), "");
  EXPECT_NE(refusal(part, rules_of(5, 4), fake(seen), plain - 1), "");
  EXPECT_NE(refusal(part, rules_of(5, 4), fake(seen), plain), "") << "rows watched need some, too";
  EXPECT_EQ(seen.tables, 0);
  EXPECT_EQ(refusal(part, rules_of(5), fake(seen), plain), "");
  EXPECT_EQ(refusal(part, rules_of(5, 4), fake(seen), 2 * plain), "");
}

TEST(Boost, refuses_more_rows_than_the_library_counts_before_it_makes_a_table) {
  const FitPart part = RowsForTest(500, 1).part();
  Seen seen;
  BoosterLibrary library = fake(seen);
  library.most_rows = part.counts().size() - 1;
  for (const BoostingRules& rules : {rules_of(5), rules_of(5, 4)}) {
    EXPECT_NE(refusal(part, rules, library, 0).find("Fake takes up to"), std::string::npos);
  }
  EXPECT_EQ(seen.tables, 0);
  library.most_rows = part.counts().size();
  EXPECT_EQ(refusal(part, rules_of(5, 4), library, 0), "");
}

TEST(Boost, counts_a_pattern_of_many_weights_once) {
  const FitPart part = RowsForTest(500, 1).part();
  std::vector<PatternCount> counts;
  for (const PatternCount& count : part.counts()) {
    for (const float weight : {0.5F, 2.0F}) {
      counts.push_back({count.pattern, count.n0, count.n1, weight});
    }
  }
  const FitPart weighted = part.resampled(part.shared_patterns(), counts);
  Seen seen;
  EXPECT_EQ(refusal(weighted, rules_of(5), fake(seen), part.counts().size() * 5 * 10), "");
}

}  // namespace
}  // namespace rarewood

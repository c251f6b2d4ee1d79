#include "rarewood/table/text_kinds.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace rarewood {
namespace {

TextKind kind_of(const std::vector<std::string>& values, char decimal_point = '.') {
  KindFinder finder(decimal_point);
  for (const std::string& value : values) finder.see(value);
  return finder.kind();
}

struct KindCase {
  std::vector<std::string> values;
  TextKind kind;
};

TEST(TextKinds, NarrowestKindOfAllValuesInAnyOrder) {
  const std::vector<KindCase> cases = {
      {{}, TextKind::missing},
      {{"1", "-20", " 3 "}, TextKind::integer},
      {{"1", "2.5", "1e-3"}, TextKind::number},
      {{"1", "99999999999999999999"}, TextKind::long_digits},
      {{"99999999999999999999", "0.5"}, TextKind::number},
      {{"0", "-5", "10"}, TextKind::integer},
      {{"01003", "99999"}, TextKind::long_digits},
      {{"007", "1.5"}, TextKind::number},
      {{"00"}, TextKind::long_digits},
      {{"true", "FALSE", "True"}, TextKind::boolean},
      {{"true", "1"}, TextKind::text},
      {{"yes", "no"}, TextKind::text},
      {{"2012-03-19", "2015-01-01"}, TextKind::date},
      {{"2012-03-19", "2012-03-19 08:04:16"}, TextKind::seconds},
      {{"2012-03-19T08:04:16", "2012-03-19 08:04:16.25"}, TextKind::fractions},
      {{"2012-03-19T08:04:16Z", "2012-03-19T08:04:16+02:00"}, TextKind::zoned_seconds},
      {{"2012-03-19T08:04:16.5Z", "2012-03-19T08:04:16Z"}, TextKind::zoned_fractions},
      {{"2012-03-19 08:04:16", "2012-03-19 08:04:16Z"}, TextKind::text},
      {{"2012-03-19", "5"}, TextKind::text},
      {{"08:04"}, TextKind::text},
      {{"1,5"}, TextKind::text},
      {{"5", "5", "5", "x"}, TextKind::text},
  };
  for (KindCase one : cases) {
    std::sort(one.values.begin(), one.values.end());
    do {
      EXPECT_EQ(kind_of(one.values), one.kind)
          << (one.values.empty() ? "nothing" : one.values.front());
    } while (std::next_permutation(one.values.begin(), one.values.end()));
  }
}

TEST(TextKinds, DecimalComma) {
  EXPECT_EQ(kind_of({"1,5", "2"}, ','), TextKind::number);
  EXPECT_EQ(kind_of({"1.5"}, ','), TextKind::text);
}

}  // namespace
}  // namespace rarewood

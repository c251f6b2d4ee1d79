#include "rarewood/store/key.hpp"

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"

namespace rarewood {
namespace {

TEST(Key, refuses_what_would_leave_the_store) {
  for (const char* key : {"", "/etc/passwd", "a//b", "../x", "a/../../x", "./x", "a/"}) {
    EXPECT_THROW(check_key(key), Error) << key;
  }
  EXPECT_NO_THROW(check_key("processed-data/training data.parquet"));
  EXPECT_NO_THROW(check_key("a/..b/.c"));
}

TEST(Key, splits_at_the_last_slash) {
  EXPECT_EQ(folder_of("a/b/c"), "a/b/");
  EXPECT_EQ(name_of("a/b/c"), "c");
  EXPECT_EQ(folder_of("c"), "");
  EXPECT_EQ(name_of("c"), "c");
}

TEST(Key, names_what_is_there_instead) {
  EXPECT_EQ(present_instead("x", {}), "");
  EXPECT_EQ(present_instead("training_dat.parquet", {"training_data.parquet", "a"}),
            " Did you mean 'training_data.parquet'? Present there: a and training_data.parquet.");
  EXPECT_EQ(present_instead("zzz", {"a1", "a2", "a3", "a4", "a5", "a6", "a7"}),
            " Present there: a1, a2, a3, a4, a5 and 2 more.");
}

}  // namespace
}  // namespace rarewood

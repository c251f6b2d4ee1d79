#include "rarewood/store/sha256.hpp"

#include <gtest/gtest.h>

#include "rarewood/base/encoding.hpp"

namespace rarewood {
namespace {

TEST(Sha256, of_nothing) {
  EXPECT_EQ(hex_text(sha256("")),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

// FIPS 180-4's example of one block
TEST(Sha256, of_abc) {
  EXPECT_EQ(hex_text(sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace rarewood

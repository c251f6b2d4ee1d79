#include "rarewood/base/encoding.hpp"

#include <gtest/gtest.h>

namespace rarewood {
namespace {

TEST(Encoding, hexadecimal_digits_of_all_bits) { EXPECT_EQ(hex_text("\x01\xAF"), "01af"); }

// RFC 4648, section 10
TEST(Encoding, base64_pads_what_does_not_fill_three_bytes) {
  EXPECT_EQ(base64_text(""), "");
  EXPECT_EQ(base64_text("f"), "Zg==");
  EXPECT_EQ(base64_text("fo"), "Zm8=");
  EXPECT_EQ(base64_text("foo"), "Zm9v");
  EXPECT_EQ(base64_text("\xFF\xFE\xFD"), "//79");
}

TEST(Encoding, a_uri_keeps_only_what_needs_no_code) {
  EXPECT_EQ(uri_encode("d\xC3\xA4ta of/x-1.csv~", true), "d%C3%A4ta%20of/x-1.csv~");
  EXPECT_EQ(uri_encode("a/b", false), "a%2Fb");
}

TEST(Encoding, decoding_undoes_encoding) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  EXPECT_EQ(uri_decode(uri_encode(all, false)), all);
  EXPECT_EQ(uri_decode("p%40ss%3a"), "p@ss:");
}

TEST(Encoding, a_percent_sign_without_two_digits_stays) {
  EXPECT_EQ(uri_decode("100%"), "100%");
  EXPECT_EQ(uri_decode("%4"), "%4");
  EXPECT_EQ(uri_decode("%4g%zz"), "%4g%zz");
}

}  // namespace
}  // namespace rarewood

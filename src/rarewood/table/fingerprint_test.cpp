#include "rarewood/table/fingerprint.hpp"

#include <set>

#include <gtest/gtest.h>

namespace rarewood {
namespace {

std::string fingerprint_of(std::string_view bytes, std::size_t piece) {
  Fingerprint fingerprint;
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    const auto part = bytes.substr(at, piece);
    fingerprint.add(std::as_bytes(std::span(part.data(), part.size())));
  }
  return fingerprint.text();
}

std::string sample_bytes(std::size_t size) {
  std::string bytes(size, '\0');
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 31 + i / 7);
  return bytes;
}

TEST(Fingerprint, DoesNotDependOnPieces) {
  const std::string bytes = sample_bytes(200);
  for (const std::size_t piece : {1u, 3u, 8u, 31u, 32u, 33u, 64u, 199u}) {
    EXPECT_EQ(fingerprint_of(bytes, piece), fingerprint_of(bytes, 200)) << piece;
  }
}

TEST(Fingerprint, IsFixedForAllTimes) {  // it stands in models: another value breaks their checks
  EXPECT_EQ(fingerprint_of(sample_bytes(100), 100), "31d1fc5f459398b83ed0d4c49dcd7ebc");
}

TEST(Fingerprint, ChangesWithEveryByteAndLength) {
  std::set<std::string> seen;
  const std::string bytes = sample_bytes(70);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    for (const int bit : {1, 128}) {
      std::string changed = bytes;
      changed[i] = static_cast<char>(changed[i] ^ bit);
      EXPECT_TRUE(seen.insert(fingerprint_of(changed, 70)).second) << i;
    }
  }
  for (std::size_t size = 0; size <= 70; ++size) {
    EXPECT_TRUE(seen.insert(fingerprint_of(std::string(size, '\0'), 70)).second) << size;
  }
}

TEST(Fingerprint, KnowsWhereTextsEnd) {
  Fingerprint a;
  a.add(std::string_view("ab"));
  a.add(std::string_view("c"));
  Fingerprint b;
  b.add(std::string_view("a"));
  b.add(std::string_view("bc"));
  EXPECT_NE(a.text(), b.text());
}

}  // namespace
}  // namespace rarewood

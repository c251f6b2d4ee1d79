#include "rarewood/base/shared_library.hpp"

#include <cstddef>

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"

namespace rarewood {
namespace {

TEST(SharedLibrary, finds_functions_by_name) {
  const SharedLibrary library("libc.so.6", "The C library");
  std::size_t (*length)(const char*) = nullptr;
  library.bind("strlen", length);
  EXPECT_EQ(length("seven"), 5U);
}

TEST(SharedLibrary, names_what_is_missing) {
  try {
    SharedLibrary("libthereisnone.so", "Nothing");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::external);
    EXPECT_NE(std::string(error.what()).find("Nothing cannot be loaded"), std::string::npos);
  }
  std::size_t (*function)() = nullptr;
  EXPECT_THROW(SharedLibrary("libc.so.6", "C").bind("there_is_no_such_function", function), Error);
}

}  // namespace
}  // namespace rarewood

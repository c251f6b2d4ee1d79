#include "rarewood/base/process.hpp"

#include <pwd.h>
#include <unistd.h>

#include <cstdlib>

#include <gtest/gtest.h>

namespace rarewood {
namespace {

std::string spins() {
  const char* text = std::getenv("GOMP_SPINCOUNT");
  return text == nullptr ? "not set" : text;
}

TEST(Process, lets_openmp_sleep_unless_the_user_has_decided) {
  unsetenv("GOMP_SPINCOUNT");
  setenv("OMP_WAIT_POLICY", "active", 1);
  let_openmp_threads_sleep();
  EXPECT_EQ(spins(), "not set");
  unsetenv("OMP_WAIT_POLICY");
  let_openmp_threads_sleep();
  EXPECT_EQ(spins(), "1000");
  setenv("GOMP_SPINCOUNT", "7", 1);
  let_openmp_threads_sleep();
  EXPECT_EQ(spins(), "7");
}

TEST(Process, knows_who_runs_it_without_variables) {
  setenv("USER", "ann", 1);
  EXPECT_EQ(login_name(), "ann");
  setenv("USER", "", 1);
  setenv("LOGNAME", "bob", 1);
  EXPECT_EQ(login_name(), "bob");
  unsetenv("USER");
  unsetenv("LOGNAME");
  const struct passwd* entry = ::getpwuid(::geteuid());
  EXPECT_EQ(login_name(), entry == nullptr ? "" : entry->pw_name);
}

}  // namespace
}  // namespace rarewood

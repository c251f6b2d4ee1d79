#include "rarewood/base/process.hpp"
#include "rarewood/cli/dispatch.hpp"

int main(int count, char** words) {
  rarewood::let_openmp_threads_sleep();
  return rarewood::dispatch({words + (count > 0 ? 1 : 0), words + count});
}

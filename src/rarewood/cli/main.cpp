#include "rarewood/base/process.hpp"
#include "rarewood/cli/dispatch.hpp"

int main(int count, char** words) {
  rarewood::let_openmp_threads_sleep();
  rarewood::let_arrow_use_system_memory();
  return rarewood::dispatch({words + (count > 0 ? 1 : 0), words + count});
}

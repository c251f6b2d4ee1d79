#include "rarewood/cli/dispatch.hpp"

int main(int count, char** words) {
  return rarewood::dispatch({words + (count > 0 ? 1 : 0), words + count});
}

#include "rarewood/base/control.hpp"

#include "rarewood/base/text.hpp"

namespace rarewood {

void check_memory(const Control& control, const std::string& pass, std::uint64_t bytes) {
  if (control.memory_limit == 0 || bytes <= control.memory_limit) return;
  throw Error(ErrorKind::data, "The step '" + pass + "' needs about " + bytes_text(bytes) +
                                   ", more than the memory limit of " +
                                   bytes_text(control.memory_limit) +
                                   ". Raise --memory-limit or give it less data.");
}

}  // namespace rarewood

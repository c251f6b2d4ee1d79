#include "rarewood/base/shared_library.hpp"

#include <dlfcn.h>

#include "rarewood/base/error.hpp"

namespace rarewood {

SharedLibrary::SharedLibrary(const std::string& file, const std::string& title)
    : title_(title), handle_(dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL)) {
  if (handle_ == nullptr) {
    throw Error(ErrorKind::external, title + " cannot be loaded (" + dlerror() +
                                         "). Install the packages of requirements.txt in the "
                                         "environment rarewood was built with.");
  }
}

void* SharedLibrary::address(const char* name) const {
  void* found = dlsym(handle_, name);
  if (found == nullptr) {
    throw Error(ErrorKind::external, title_ + " has no function " + name +
                                         ": it is another version than rarewood was built with. "
                                         "Install the packages of requirements.txt.");
  }
  return found;
}

}  // namespace rarewood

#include "rarewood/base/version.hpp"

namespace rarewood {

const char* rarewood_version() { return RAREWOOD_VERSION; }

}  // namespace rarewood

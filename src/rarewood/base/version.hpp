#pragma once

namespace rarewood {

/// "0.1.0", as the build declares it.
const char* rarewood_version();

}  // namespace rarewood

#pragma once

#include <string>
#include <vector>

namespace rarewood {

/// \throws Error(usage) unless `key` is a relative name of parts that are not "", "." or "..".
void check_key(const std::string& key);

/// "a/b/c" -> "a/b/"; "" if there is no '/'.
std::string folder_of(const std::string& key);

/// "a/b/c" -> "c"
std::string name_of(const std::string& key);

/// What helps somebody who asked for a name that is not there: the name that was probably meant and
/// the first few of those present; "" if there are none. Begins with a space.
/// \param present  names beside the missing one
std::string present_instead(const std::string& wanted, std::vector<std::string> present);

}  // namespace rarewood

#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "rarewood/base/control.hpp"

namespace rarewood {

/// Run body(i) for i in 0 .. count-1 on up to control.threads threads made for this loop.
///
/// The body must write only to places that belong to i: then the result is the same for any number
/// of threads. Items are taken in order, so put the long ones first.
/// \param pass  progress is reported under this name; "" = not at all
/// \throws the exception of the smallest failing i; Error(interrupted) when a stop is asked for.
void parallel_for(const Control& control, std::size_t count,
                  const std::function<void(std::size_t)>& body, const std::string& pass = "");

}  // namespace rarewood

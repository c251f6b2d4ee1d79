#pragma once

#include <string_view>

namespace rarewood {

/// The text of row_scorer.py, which stands beside this file and is built in.
std::string_view row_scorer_text();

}  // namespace rarewood

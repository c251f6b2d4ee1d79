#pragma once

#include <string>

namespace rarewood {

/// A suspicion or proof of a leak, or another fact about the data the user must know.
struct Finding {
  std::string kind;  ///< "leak"
  std::string column;
  std::string evidence;  ///< one sentence with its numbers
  std::string remedy;    ///< one sentence
};

}  // namespace rarewood

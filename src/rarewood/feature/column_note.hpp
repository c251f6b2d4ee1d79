#pragma once

#include <string>

namespace rarewood {

/// What became of one column of a table, to be shown to whoever wonders.
struct ColumnNote {
  std::string name;
  std::string type;    ///< as it stands in the table: "integer", "text", "date and time"
  bool taken = false;  ///< it is a feature
  std::string role;    ///< "number", "boolean", "category of 7 values", "target", "key", "left out"
  std::string why;     ///< of a column left out: "an identifier: every row has its own value"
  std::string undo;    ///< the option that takes it after all: "--include user_id"; "" = none
  std::string
      hint;  ///< what it may be good for instead: "--group-column user_id keeps ..."; "" = nothing
};

}  // namespace rarewood

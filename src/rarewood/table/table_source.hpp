#pragma once

#include <memory>
#include <string>

#include <arrow/io/type_fwd.h>

namespace rarewood {

/// The bytes of a table and what to call them in messages.
struct TableSource {
  std::string name;  ///< a path or URI
  std::shared_ptr<arrow::io::RandomAccessFile> file;
};

}  // namespace rarewood

#include "rarewood/session/write_features.hpp"

#include <arrow/table.h>

#include "rarewood/base/parallel.hpp"
#include "rarewood/table/table_writer.hpp"

namespace rarewood {

std::string keys_key(const std::string& table_key) {
  const std::size_t name = table_key.rfind('/') + 1;
  const std::size_t ending = table_key.rfind('.');
  if (ending == std::string::npos || ending < name) return table_key + ".keys";
  return table_key.substr(0, ending) + ".keys" + table_key.substr(ending);
}

void write_features(ObjectStore& store, const std::string& key, const FeatureTables& made,
                    const TableOptions& options, const Control& control) {
  TableWriter table(store, key, made.table->schema(), options);
  TableWriter keys(store, keys_key(key), made.keys->schema(), options);
  parallel_for(control, 2, [&](std::size_t i) {
    if (i == 0) keys.write(*made.keys);
    if (i == 1) table.write(*made.table);
  });
  check_stop(control);
  keys.close();
  table.close();
}

}  // namespace rarewood

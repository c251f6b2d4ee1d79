#pragma once

#include <string>
#include <vector>

#include "rarewood/option/option.hpp"

namespace rarewood {

/// What `sync` is asked for, beside the journal and the server.
struct SyncOptions {
  std::vector<std::string> runs;  ///< names of folders in the journal, or paths; empty = all
  std::string json;               ///< "" = not written
};

const OptionTable<SyncOptions>& sync_options();

}  // namespace rarewood

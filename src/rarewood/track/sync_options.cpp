#include "rarewood/track/sync_options.hpp"

namespace rarewood {

const OptionTable<SyncOptions>& sync_options() {
  using O = SyncOptions;
  static const OptionTable<SyncOptions> table = [] {
    OptionTable<SyncOptions> t("sync");
    t.add(&O::runs, "runs",
          "Runs to send: names of their folders in the journal, or paths; empty = all of the "
          "journal")
        .not_in_model();
    t.add(&O::json, "json", "File for what became of each run, as JSON; empty = none")
        .not_in_model();
    return t;
  }();
  return table;
}

}  // namespace rarewood

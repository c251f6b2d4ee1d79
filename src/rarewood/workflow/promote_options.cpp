#include "rarewood/workflow/promote_options.hpp"

namespace rarewood {

const OptionTable<PromoteOptions>& promote_options() {
  using O = PromoteOptions;
  static const OptionTable<PromoteOptions> table = [] {
    OptionTable<PromoteOptions> t("promote");
    t.add(&O::challenger, "challenger",
          "Model that may take the champion's place, .onnx or .pkl: a path, a URI, or a key of the "
          "store");
    t.add(&O::champion, "champion",
          "Model in use, whose two files are written over: a path, a URI, or a key of the store");
    t.add(&O::table, "table",
          "Table to judge both on: a CSV or Parquet file or an s3:// URI; without it the store's "
          "processed-data/training_data.parquet");
    t.add(&O::time_column, "time_column",
          "When rows began, in the table or its keys file; without it the column by which the "
          "challenger knows until when its training rows were");
    t.add(&O::group_column, "group_column",
          "Whose rows go together, in the table or its keys file; without it user_id of the keys "
          "file");
    t.add(&O::all_rows, "all_rows",
          "Judge on all rows of the table: you vouch that neither model has learnt from them");
    t.add(&O::margin, "margin", "AUC that may be lost, and log loss that may be added, at most",
          {.lowest = 0, .highest = 0.5, .lowest_excluded = true});
    t.add(&O::calibration_tolerance, "calibration_tolerance",
          "How far the challenger's mean probability may be off the share of positive rows, as a "
          "share of it",
          {.lowest = 0, .highest = 10});
    t.add(&O::dry_run, "dry_run", "Judge only; write nothing");
    t.add(&O::fail_if_kept, "fail_if_kept", "Exit code 5 where the challenger is not promoted");
    t.add(&O::json, "json", "File for the decision and all figures");
    return t;
  }();
  return table;
}

}  // namespace rarewood

#include "rarewood/workflow/evaluate_options.hpp"

namespace rarewood {

const OptionTable<EvaluateOptions>& evaluate_options() {
  static const OptionTable<EvaluateOptions> table = [] {
    OptionTable<EvaluateOptions> t("evaluate");
    t.add(&EvaluateOptions::table, "table",
          "table of scores by any model: a CSV or Parquet file or an s3:// URI");
    t.add(&EvaluateOptions::label, "label", "column of what really happened, two values");
    t.add(&EvaluateOptions::positive, "positive",
          "value of the label that is the event; without it 1, true or yes");
    t.add(&EvaluateOptions::score, "score",
          "column of scores, as written by rarewood score or another; of several the first is "
          "judged and the others are compared with it, row by row");
    t.add(&EvaluateOptions::scale, "scale",
          "what scores are: a probability, log_odds that become one, or a rank, of which only the "
          "order counts")
        .words({"probability", "log_odds", "rank"});
    t.add(
         &EvaluateOptions::threshold, "threshold",
         "where predicted positive begins: a probability (of ranks a score), or f1 or cost for the "
         "best on the other four fifths of the rows; without it as the column 'label' says, if "
         "rarewood score wrote one beside its probability, else 0.5")
        .hints({"f1", "cost"});
    add_error_costs(t);
    t.add(&EvaluateOptions::group, "group",
          "column of users or other groups whose rows go together; intervals are by whole groups");
    t.add(&EvaluateOptions::time, "time", "column of dates or time stamps: judged by week as well");
    t.add(&EvaluateOptions::by, "by", "columns whose levels are judged one by one");
    t.add(&EvaluateOptions::json, "json", "file for all facts and figures");
    return t;
  }();
  return table;
}

ThresholdRule judged_rule(const EvaluateOptions& options) {
  const std::optional<DecisionCosts> costs = costs_of(options);
  if (!costs && options.threshold != "cost") return {};
  return parse_threshold_rule("cost", costs);
}

}  // namespace rarewood

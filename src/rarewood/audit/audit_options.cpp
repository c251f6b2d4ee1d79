#include "rarewood/audit/audit_options.hpp"

namespace rarewood {

const OptionTable<AuditOptions>& audit_options() {
  static const OptionTable<AuditOptions> table = [] {
    OptionTable<AuditOptions> options("scan");
    options
        .choice(&AuditOptions::fail_on, "fail_on",
                "Fail with exit code 5 if the audit proves a leak, or leaves a suspect; replacing: "
                "only if a model with a proved leak would take the place of one without",
                {{"replacing", FailOn::replacing},
                 {"none", FailOn::none},
                 {"leak", FailOn::leak},
                 {"suspect", FailOn::suspect}})
        .not_in_model()
        .add(&AuditOptions::entity_column, "entity_column",
             "Column that says whose row it is (a user, a patient): a leak where one entity has "
             "rows of like label on both sides of the split; intervals are by whole entities where "
             "no --group-column is named")
        .not_in_model();
    return options;
  }();
  return table;
}

}  // namespace rarewood

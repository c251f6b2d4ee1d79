#pragma once

#include <string>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/option/option.hpp"
#include "rarewood/report/audit_record.hpp"
#include "rarewood/workflow/train.hpp"

namespace rarewood {

/// What `rarewood audit` is asked for, beside the options of its parts.
struct AuditTableOptions {
  std::string table;  ///< path or URI; "" = the store's training table
  std::vector<std::string> what_if;
  std::string learner = "forest";
  std::string json;  ///< "" = not written
};

const OptionTable<AuditTableOptions>& audit_table_options();

/// Read a table as training would and look for all that a scan looks for; columns declared as known
/// only after the prediction point are named, too, which training would leave out.
/// \param request  table, columns, split, store and audit options; nothing is trained or saved
AuditRecord audit_table(const AuditTableOptions& options, const TrainRequest& request,
                        const Control& control);

}  // namespace rarewood

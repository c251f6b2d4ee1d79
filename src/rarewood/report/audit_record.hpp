#pragma once

#include <limits>
#include <map>
#include <string>
#include <vector>

#include "rarewood/audit/finding.hpp"
#include "rarewood/evaluate/judgement.hpp"
#include "rarewood/report/run_record.hpp"

namespace rarewood {

/// One metric of the model as it is and of the changed one, on the same rows.
struct WhatIfFigure {
  std::string metric;
  double as_it_is = 0;
  double changed = 0;
  Interval difference;  ///< changed minus as it is, 95 %, from paired draws
};

/// A model fitted again with a column left out or capped.
struct WhatIf {
  std::string change;  ///< "without duration", "depth at most 6"
  std::string column;
  double cap = std::numeric_limits<double>::quiet_NaN();  ///< NaN: left out
  std::string learner;
  std::vector<WhatIfFigure> figures;
};

/// Everything an audit of a table found, as plain data.
struct AuditRecord {
  DataFacts data;
  std::vector<Finding> findings;
  std::vector<std::string> looked_for;
  std::vector<WhatIf> what_if;
  std::vector<std::string> warnings;
  std::map<std::string, double> timings;  ///< seconds by pass
};

}  // namespace rarewood

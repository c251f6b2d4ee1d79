#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace rarewood {

enum class HealthVerdict {
  well,      ///< as it should be
  warned,    ///< works, but somebody should know
  failed,    ///< does not work; `found` says why and what to do
  not_tried  ///< makes no sense after what failed before
};

/// One thing looked at: a server's clock, the right to write.
struct HealthStep {
  std::string name;
  HealthVerdict verdict = HealthVerdict::well;
  std::string found;  ///< what was seen; of a failure a sentence with its cure
};

/// What looking at a step found, if it does not fail.
struct HealthFinding {
  std::string found;
  bool warn = false;
};

/// A service looked at step by step; each step needs those before it.
struct ServiceHealth {
  std::string service;  ///< "machine", "store", "mlflow", "airflow"
  std::string place;    ///< address or folder; "" = none
  std::vector<HealthStep> steps;

  bool failed() const;

  /// Look at one thing more, unless an earlier step failed. An Error from `look` is the failure,
  /// but an interruption goes on.
  void look_at(const std::string& name, const std::function<HealthFinding()>& look);
};

}  // namespace rarewood

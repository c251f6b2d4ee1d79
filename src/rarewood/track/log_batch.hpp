#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rarewood/track/tracked_facts.hpp"

namespace rarewood {

/// What facts belong to.
struct FactsOf {
  std::string run;           ///< the server's id
  std::int64_t time_ms = 0;  ///< of every metric
  std::string model = {};    ///< the server's id of the model the run made; "" = none
  std::string dataset = {};  ///< name of the table the model was judged on rows of, and
  std::string digest = {};   ///< its digest
};

/// Bodies of runs/log-batch that hold all of `facts`, each within MLflow's limits for one request:
/// 100 params, 100 tags, 1,000 items together, 1 MB. Keys are cut at 250 bytes, values of params at
/// 6,000 and of tags at 8,000, never inside a character. Metrics of the model are linked to it.
std::vector<std::string> log_batches(const FactsOf& of, const TrackedFacts& facts);

}  // namespace rarewood

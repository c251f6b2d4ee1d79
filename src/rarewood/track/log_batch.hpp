#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rarewood/track/tracked_facts.hpp"

namespace rarewood {

/// Bodies of runs/log-batch that hold all of `facts`, each within MLflow's limits for one request:
/// 100 params, 100 tags, 1,000 items together, 1 MB. Keys are cut at 250 bytes, values of params at
/// 6,000 and of tags at 8,000, never inside a character.
std::vector<std::string> log_batches(const std::string& run, const TrackedFacts& facts,
                                     std::int64_t time_ms);

}  // namespace rarewood

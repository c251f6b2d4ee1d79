#pragma once

#include <cstdint>
#include <string>

#include "rarewood/report/run_record.hpp"

namespace rarewood {

/// From this many looks on a run warns. The luckiest of ten models that are equally good looks on
/// average 1.5 standard errors better than it is (docs/method/evaluation.md).
inline constexpr std::uint64_t kManyLooks = 10;

/// How many runs of the journal judged this test part. Reads the first 4 KiB of each record, so
/// thousands of runs take some hundredths of a second; entries that are no records, or damaged
/// there, count as none.
std::uint64_t looks_at(const std::string& journal, const std::string& test_part);

/// Note in the record the how many-th look at its test part it is; from kManyLooks on it warns.
void record_look(const std::string& journal, RunRecord& record);

}  // namespace rarewood
